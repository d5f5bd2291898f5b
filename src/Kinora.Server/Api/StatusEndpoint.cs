using Kinora.Jobs;

namespace Kinora.Server.Api;

/// <summary><c>GET …/requests/{id}/status</c>: one indexed read, since clients ask ten times a second.</summary>
internal sealed class StatusEndpoint(IJobStore jobs, RequestLookup lookup)
{
    /// <summary>Answers 202 while the request waits or runs, 200 when it is over, however it ended.</summary>
    public async Task HandleAsync(ApiCall call)
    {
        if (!LogsQuery.TryRead(call.Query, out var withLogs, out var violation))
        {
            await ErrorResponses.WriteViolationsAsync(call.Response, [violation!]);
            return;
        }

        if (await lookup.FindStatusAsync(call) is not { } job)
        {
            await ErrorResponses.WriteRequestNotFoundAsync(call.Response);
            return;
        }

        var log = withLogs ? await jobs.ReadLogAsync(job.Id, 0, call.Aborted) : null;
        var status = StatusAnswer.Of(job, call.LinksOf(job.Id), log);
        await JsonResponse.WriteAsync(call.Response, StatusAnswer.StatusCodeOf(status), status, StatusAnswer.Write);
    }
}
