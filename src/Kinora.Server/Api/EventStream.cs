using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kinora.Server.Api;

/// <summary>The framing of server-sent events (WHATWG HTML, section 9.2), and the headers that keep proxies from holding them back.</summary>
internal static class EventStream
{
    /// <summary>Sets the headers of an event stream. Clients get it whatever their <c>Accept</c> says: the JavaScript client asks for JSON first.</summary>
    public static void Begin(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Writes a comment, which clients skip, and sends it.</summary>
    public static async Task WriteHeartbeatAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.BodyWriter.Write(": ping\n\n"u8);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
