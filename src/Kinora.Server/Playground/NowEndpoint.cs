using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Listing;
using Kinora.Server.Platform;

namespace Kinora.Server.Playground;

/// <summary><c>GET /v1/kinora/now</c>: how many requests wait, and which worker runs what. Cheap enough to be asked every second.</summary>
internal sealed class NowEndpoint(IJobStore jobs, IJobListing listing, JobJson json, JobsOptions options, TimeProvider time)
{
    private const int MostRunning = 200;

    /// <summary>Answers with this moment.</summary>
    public async Task ShowAsync(PlatformCall call)
    {
        var running = await listing.ListAsync(new JobFilter { Owner = call.Owner, States = [JobState.Running] }, null, MostRunning, call.Aborted);
        await call.WriteAsync(new JsonObject
        {
            ["at"] = time.GetUtcNow(),
            ["queued"] = await jobs.CountQueuedAsync(call.Owner, call.Aborted),
            ["slots"] = options.Worker.Slots,
            ["running"] = new JsonArray([.. running.Select(job => json.Describe(job, call))]),
        });
    }
}
