using System.Text;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Api;
using Kinora.Server.Endpoints;
using Kinora.Server.Faults;
using Kinora.Server.Fetching;
using Kinora.Server.Uploads;

namespace Kinora.Server.Engines;

/// <summary>
/// Runs one attempt of a job: validates the input that was stored as it came, generates the clip, and stores it as a blob that becomes visible
/// with the transaction that completes the job.
/// </summary>
internal sealed class GenerationHandler(
    EndpointCatalog catalog, MediaFetcher fetcher, FileGate gate, VideoGenerator generator, EngineRoster engines, InstantClips instant, ClipPublication publication,
    PreviewBoard previews, TimeProvider time)
{
    /// <summary>Runs the job. This is a <see cref="JobHandler"/>.</summary>
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        if (!catalog.TryFind(context.Job.Endpoint, out var endpoint))
            return Fail(JobFailureKind.EngineFault, $"This server no longer has the endpoint {context.Job.Endpoint}.", canRetry: false);

        var validation = JsonBody.TryParse(Encoding.UTF8.GetBytes(context.Job.Input!), out var body, out var problem)
            ? endpoint.Validate(body)
            : new InputValidation.Refused([problem]);
        return validation switch
        {
            InputValidation.Accepted accepted => await GenerateAsync(context, accepted.Request, cancellationToken),
            InputValidation.Refused refused => Refuse(context, refused.Violations),
            _ => throw new ArgumentOutOfRangeException(nameof(context), validation, "Unknown validation."),
        };
    }

    private async Task<JobOutcome> GenerateAsync(JobContext context, ClipRequest request, CancellationToken cancellationToken)
    {
        using var scratch = ScratchDirectory.Create();
        using var feed = new PreviewFeed(previews, context.Job.Id, time);
        try
        {
            var path = scratch.PathOf("clip.mp4");
            var outcome = instant.AreFor(context.Job)
                ? await instant.MakeAsync(request, path, cancellationToken)
                : await generator.GenerateAsync(engines.Get(context.Job.Engine), request, new OwnerFetch(fetcher, gate, context.Job.Owner).FetchAsync, path, new JobObserver(context, feed), cancellationToken);
            return outcome switch
            {
                GenerationOutcome.Made made => await publication.PublishAsync(context, request, made, cancellationToken),
                GenerationOutcome.Refused refused => Refuse(context, refused.Violations),
                _ => throw new ArgumentOutOfRangeException(nameof(context), outcome, "Unknown outcome."),
            };
        }
        catch (EngineException problem)
        {
            // The same request on the same machine would end the same way.
            return Fail(problem.IsOutOfResources ? JobFailureKind.OutOfResources : JobFailureKind.EngineFault, problem.Message, canRetry: false);
        }
        catch (ChildFailedException fault) when (fault.ErrorOutput.Contains("No space left on device", StringComparison.Ordinal))
        {
            return Fail(JobFailureKind.OutOfResources, "The server's disk is full.", canRetry: true);
        }
    }

    private static JobOutcome.Failed Refuse(JobContext context, IReadOnlyList<Violation> violations)
    {
        foreach (var violation in violations)
            context.Log(JobLogLevel.Error, $"{string.Join('.', violation.Location)}: {violation.Message}");
        return new JobOutcome.Failed(ViolationDetail.ToFailure(violations));
    }

    private static JobOutcome.Failed Fail(JobFailureKind kind, string message, bool canRetry) => new(new JobFailure(kind, message, canRetry));
}
