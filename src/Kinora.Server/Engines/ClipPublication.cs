using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Blobs;
using Kinora.Server.Endpoints;
using Kinora.Server.Telemetry;
using Kinora.Server.Uploads;

namespace Kinora.Server.Engines;

/// <summary>
/// Stores finished clips. A clip has cost minutes of a device, so an outage of the storage is waited out, for as long as the attempt may run, instead of failing
/// the job; the lease is kept meanwhile.
/// </summary>
internal sealed class ClipPublication(IBlobStore blobs, OutputLifecycle lifecycle, ServerMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>Stores a clip under a new name.</summary>
    /// <param name="context">The job, whose log tells of an outage.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="made">The clip.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The end of the job; the clip becomes visible with the transaction that records it.</returns>
    /// <exception cref="BlobStoreException">The storage refuses for a reason that time does not mend.</exception>
    public async Task<JobOutcome> PublishAsync(JobContext context, ClipRequest request, GenerationOutcome.Made made, CancellationToken cancellationToken)
    {
        using var stage = Stage.Begin("publish", metrics);
        var blob = blobs.CreateName(request.OutputFileName);
        await StoreAsync(context, blob, made.Path, cancellationToken);
        await lifecycle.ApplyAsync(context.Job, blob, made.LengthBytes, cancellationToken);
        var output = new JsonObject
        {
            ["video"] = new JsonObject
            {
                ["blob"] = blob,
                ["content_type"] = "video/mp4",
                ["file_name"] = request.OutputFileName,
                ["file_size"] = made.LengthBytes,
            },
            ["seed"] = made.Seed,
        };
        return new JobOutcome.Completed(output.ToJsonString(), (decimal)made.Duration.TotalSeconds, [blob], request.UnitPrice);
    }

    private async Task StoreAsync(JobContext context, string blob, string path, CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                await blobs.PutFileAsync(blob, path, "video/mp4", cancellationToken);
                return;
            }
            catch (BlobStoreException fault) when (fault.CanRetry)
            {
                context.Log(JobLogLevel.Warning, "The clip is finished, but the storage does not take it now; trying again.");
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
