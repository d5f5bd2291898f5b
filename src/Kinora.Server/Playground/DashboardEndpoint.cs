using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Usage;
using Kinora.Server.Platform;

namespace Kinora.Server.Playground;

/// <summary>
/// <c>GET /v1/kinora/dashboard</c>: how a stretch of time went, over all endpoints, bucket by bucket: ends, waits, runs, the queue, usage; and why requests failed.
/// A key sees its own, an admin key everyone's.
/// </summary>
internal sealed class DashboardEndpoint(IUsageStore usage, TimeProvider time)
{
    private const int MostJobs = 500_000;

    /// <summary>Answers with the buckets in which something happened, and the sums.</summary>
    public async Task ShowAsync(PlatformCall call)
    {
        var window = TimeWindow.Read(call.Query, time.GetUtcNow());
        var filter = window.ToFilter(call.Owner, call.Query.Endpoints());
        var jobs = await usage.ReadJobsAsync(filter, null, MostJobs, withPayloads: false, call.Aborted);
        var minutes = (await usage.ReadMinutesAsync(filter, call.Aborted)).ToLookup(minute => window.BucketOf(minute.Minute));
        var ended = jobs.ToLookup(job => window.BucketOf(job.EndedAt));
        var buckets = ended.Select(bucket => bucket.Key).Union(minutes.Select(bucket => bucket.Key)).Order();
        await call.WriteAsync(new JsonObject
        {
            ["start"] = TimeWindow.Write(window.Start),
            ["end"] = TimeWindow.Write(window.End),
            ["timeframe"] = window.Frame.ToString().ToLowerInvariant(),
            ["buckets"] = new JsonArray([.. buckets.Select(at => Describe(TimeWindow.Write(at), [.. ended[at]], minutes[at]))]),
            ["sum"] = Describe(null, jobs, minutes.SelectMany(bucket => bucket)),
            ["failures"] = new JsonArray([.. jobs.Where(job => job.State == JobState.Failed).GroupBy(job => job.Failure ?? JobFailureKind.EngineFault)
                .OrderByDescending(group => group.Count()).Select(group => new JsonObject { ["reason"] = JobWords.Of(group.Key), ["count"] = group.Count() })]),
        });
    }

    private static JsonObject Describe(string? bucket, IReadOnlyList<EndedJob> jobs, IEnumerable<UsageMinute> minutes)
    {
        var used = minutes.ToList();
        var runs = jobs.Where(job => job.State == JobState.Completed).Select(job => job.RunTime).OfType<TimeSpan>().Order().ToList();
        var waits = jobs.Select(job => job.WaitTime).OfType<TimeSpan>().Order().ToList();
        return new JsonObject
        {
            ["bucket"] = bucket,
            ["completed"] = jobs.Count(job => job.State == JobState.Completed),
            ["failed"] = jobs.Count(job => job.State == JobState.Failed),
            ["cancelled"] = jobs.Count(job => job.State == JobState.Cancelled),
            ["run_p50"] = Percentile(runs, 50),
            ["run_p95"] = Percentile(runs, 95),
            ["wait_p50"] = Percentile(waits, 50),
            ["wait_p95"] = Percentile(waits, 95),
            ["seconds"] = used.Sum(minute => minute.Units),
            ["cost"] = used.Sum(minute => minute.Units * minute.UnitPrice),
        };
    }

    // The nearest-rank percentile, in seconds; null if there are no values.
    private static double? Percentile(List<TimeSpan> ordered, int percent) =>
        ordered.Count == 0 ? null : ordered[(int)Math.Ceiling(percent / 100.0 * ordered.Count) - 1].TotalSeconds;
}
