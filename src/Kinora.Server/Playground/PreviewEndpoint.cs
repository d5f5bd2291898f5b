using Kinora.Jobs;
using Kinora.Server.Engines;
using Kinora.Server.Platform;

namespace Kinora.Server.Playground;

/// <summary><c>GET /v1/kinora/requests/{id}/preview</c>: the newest picture of a clip that is being made in this process.</summary>
internal sealed class PreviewEndpoint(IJobStore jobs, PreviewBoard board)
{
    /// <summary>Answers with a JPEG, or 404 while there is none, or for whoever may not see the request.</summary>
    public async Task ShowAsync(PlatformCall call)
    {
        if (!Guid.TryParseExact(call.Id, "D", out var id) || await jobs.FindStatusAsync(id, call.Aborted) is not { } job
            || (call.Owner is not null && call.Owner != job.Owner) || !board.TryGet(id, out var preview))
            throw PlatformRefusedException.NotFound("There is no picture of this request now.");
        call.Http.Response.Headers.CacheControl = "no-store";
        call.Http.Response.ContentType = "image/jpeg";
        call.Http.Response.ContentLength = preview.Jpeg.Length;
        await call.Http.Response.Body.WriteAsync(preview.Jpeg, call.Aborted);
    }
}
