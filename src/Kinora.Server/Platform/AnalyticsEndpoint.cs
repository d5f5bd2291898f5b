using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Usage;
using Kinora.Server.Api;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Platform;

/// <summary><c>GET /v1/models/analytics</c>: how many requests ended how, and how long they waited and ran, as far back as jobs are kept.</summary>
internal sealed class AnalyticsEndpoint(IUsageStore usage, TimeProvider time)
{
    private const string List = "analytics";
    private const int MostJobs = 500_000;

    private static readonly string[] s_counts = ["request_count", "success_count", "user_error_count", "error_count"];

    private static readonly string[] s_durations =
        ["p50_prepare_duration", "p75_prepare_duration", "p90_prepare_duration", "p50_duration", "p75_duration", "p90_duration"];

    private static readonly string[] s_metrics = [.. s_counts, .. s_durations];

    /// <summary>Answers with a page of the time series. <c>expand</c> chooses metrics; without it all are there.</summary>
    public async Task ReadAsync(PlatformCall call)
    {
        var expand = call.Query.Expand([.. s_metrics, "time_series", "summary"]);
        var metrics = s_metrics.Where(expand.Contains).ToList();
        var window = TimeWindow.Read(call.Query, time.GetUtcNow());
        var (limit, position) = (call.Query.Limit(standard: 100, most: 1000), call.Query.Position(List));
        var filter = window.ToFilter(call.Owner, call.Query.Endpoints());
        var jobs = await usage.ReadJobsAsync(filter, null, MostJobs + 1, withPayloads: false, call.Aborted);
        if (jobs.Count > MostJobs)
            throw PlatformRefusedException.Invalid($"More than {MostJobs} requests ended in that time. Ask for a shorter one.");

        IReadOnlyList<string> shown = metrics.Count == 0 ? s_metrics : metrics;
        var page = BucketPage.Take(jobs.GroupBy(job => window.BucketOf(job.EndedAt)), position, limit, List);
        var answer = new JsonObject { ["time_series"] = page.Write(bucket => Measure(bucket, shown)) };
        if (expand.Contains("summary"))
            answer["summary"] = new JsonArray([.. Measure(jobs, shown)]);
        answer["next_cursor"] = page.Next;
        answer["has_more"] = page.Next is not null;
        await call.WriteAsync(answer);
    }

    /// <summary>The HTTP status of a job's result.</summary>
    public static int StatusCodeOf(EndedJob job) => job.State switch
    {
        JobState.Completed => StatusCodes.Status200OK,
        JobState.Failed => FailureShape.Of(job.Failure ?? JobFailureKind.EngineFault).StatusCode,
        _ => FailureShape.Cancelled.StatusCode,
    };

    private static IEnumerable<JsonObject> Measure(IEnumerable<EndedJob> jobs, IReadOnlyList<string> metrics) =>
        jobs.GroupBy(job => job.Endpoint).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var members = group.ToList();
            var result = new JsonObject { ["endpoint_id"] = group.Key };
            foreach (var metric in metrics)
                result[metric] = s_counts.Contains(metric) ? Count(members, metric) : Percentile(members, metric);
            return result;
        });

    private static int Count(List<EndedJob> jobs, string metric) => metric switch
    {
        "request_count" => jobs.Count,
        "success_count" => jobs.Count(job => StatusCodeOf(job) < 400),
        "user_error_count" => jobs.Count(job => StatusCodeOf(job) is >= 400 and < 500),
        _ => jobs.Count(job => StatusCodeOf(job) >= 500),
    };

    // The nearest-rank percentile: the smallest value that so many per cent of the values do not exceed. Seconds; null if no job was started.
    private static double? Percentile(List<EndedJob> jobs, string metric)
    {
        var isWait = metric.EndsWith("prepare_duration", StringComparison.Ordinal);
        var values = jobs.Select(job => isWait ? job.WaitTime : job.RunTime).OfType<TimeSpan>().Order().ToList();
        var percent = int.Parse(metric.AsSpan(1, 2), System.Globalization.CultureInfo.InvariantCulture);
        return values.Count == 0 ? null : values[(int)Math.Ceiling(percent / 100.0 * values.Count) - 1].TotalSeconds;
    }
}
