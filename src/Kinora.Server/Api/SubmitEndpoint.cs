using Kinora.Jobs;
using Kinora.Server.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary>
/// <c>POST {queue}/{endpoint}</c>: stores the job and answers 200 within milliseconds. The body is not looked at: a bad one is the result's 422, as hosted.
/// </summary>
internal sealed class SubmitEndpoint(IJobStore jobs, JobIntake intake)
{
    /// <summary>Submits, or replays the answer of the submit that came before under the same idempotency key.</summary>
    public async Task HandleAsync(ApiCall call, ModelEndpoint endpoint)
    {
        if (await intake.TryReadAsync(call) is not { } submission) return;
        if (await intake.TryRefuseLongQueueAsync(call)) return;

        switch (await intake.TryEnqueueAsync(call, endpoint, submission, isTied: false))
        {
            case EnqueueOutcome.Accepted accepted:
                await WriteAcceptedAsync(call, accepted.Id, accepted.QueuePosition, submission.Webhook is not null);
                break;
            case EnqueueOutcome.Replayed replayed:
                var status = await jobs.FindStatusAsync(replayed.Id, call.Aborted);
                await WriteAcceptedAsync(call, replayed.Id, status?.QueuePosition ?? 0, submission.Webhook is not null);
                break;
        }
    }

    private static Task WriteAcceptedAsync(ApiCall call, Guid id, int queuePosition, bool hasWebhook) => JsonResponse.WriteAsync(
        call.Response, StatusCodes.Status200OK, StatusAnswer.Accepted(call.LinksOf(id), queuePosition, hasWebhook), StatusAnswer.Write);
}
