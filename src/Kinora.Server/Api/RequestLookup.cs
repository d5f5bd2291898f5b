using Kinora.Jobs;

namespace Kinora.Server.Api;

/// <summary>
/// Finds the job that a call speaks of. Unknown, malformed, expired, another owner's and another application's ids all give null, so that nobody can tell
/// them apart.
/// </summary>
internal sealed class RequestLookup(IJobStore jobs)
{
    /// <summary>Finds the status of the call's own job, and names it in the answer's headers.</summary>
    public async ValueTask<JobStatus?> FindStatusAsync(ApiCall call)
    {
        if (!Guid.TryParseExact(call.Route.RequestId, "D", out var id)) return null;

        call.SetRequestId(id);
        var status = await jobs.FindStatusAsync(id, call.Aborted);
        return status is not null && status.Owner == call.Owner && call.Route.Covers(status.Endpoint) ? status : null;
    }
}
