using System.Text.Json;
using Kinora.Server.Api;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Telemetry;

/// <summary>
/// <c>GET /healthz</c>: whether this process answers at all. It says nothing of the database or the storage: restarting this process would not mend them.
/// </summary>
internal static class LiveEndpoint
{
    /// <summary>200 <c>{"status":"ok"}</c>.</summary>
    public static Task HandleAsync(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
        ? JsonResponse.WriteAsync(http.Response, StatusCodes.Status200OK, "ok", Write)
        : ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, HEAD");

    private static void Write(Utf8JsonWriter writer, string status)
    {
        writer.WriteStartObject();
        writer.WriteString("status", status);
        writer.WriteEndObject();
    }
}
