using Kinora.Client.Contracts;
using Kinora.Jobs;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary><c>PUT …/requests/{id}/cancel</c>, without a body.</summary>
internal sealed class CancelEndpoint(IJobStore jobs, RequestLookup lookup)
{
    /// <summary>Answers 202 when a queued request was removed or a running one was told to stop, 400 when it was over, 404 when there is none.</summary>
    public async Task HandleAsync(ApiCall call)
    {
        var outcome = await lookup.FindStatusAsync(call) is { } job ? await jobs.RequestCancelAsync(job.Id, call.Aborted) : CancelOutcome.NotFound;
        var (statusCode, state) = outcome switch
        {
            CancelOutcome.Requested => (StatusCodes.Status202Accepted, CancelState.CancellationRequested),
            CancelOutcome.AlreadyEnded => (StatusCodes.Status400BadRequest, CancelState.AlreadyCompleted),
            _ => (StatusCodes.Status404NotFound, CancelState.NotFound),
        };
        await JsonResponse.WriteAsync(call.Response, statusCode, new CancelAnswer { Status = state }, WireJson.Plain.CancelAnswer);
    }
}
