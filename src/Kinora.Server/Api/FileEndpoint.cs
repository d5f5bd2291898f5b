using Kinora.Jobs.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinora.Server.Api;

/// <summary>
/// <c>GET /files/{name}</c>: outputs, for anyone who knows the name, which nobody can guess. Players ask for ranges, browsers for sandboxing.
/// </summary>
internal sealed class FileEndpoint(IBlobStore blobs)
{
    /// <summary>The path of all files.</summary>
    public const string Prefix = "/files/";

    private const int MaxNameLength = 512;

    /// <summary>Sends a blob or the part of it that <c>Range</c> asks for: 200, 206, 304, 412, 416, or 404.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, HEAD");
            return;
        }

        var name = http.Request.Path.Value![Prefix.Length..];
        if (!IsPlausible(name) || await blobs.TryOpenAsync(name, http.RequestAborted) is not { } blob)
        {
            await ErrorResponses.WriteAsync(http.Response, StatusCodes.Status404NotFound, "File not found");
            return;
        }

        await using (blob)
        {
            await SendAsync(http, name, blob);
        }
    }

    private static Task SendAsync(HttpContext http, string name, BlobContent blob)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = "public, max-age=3600";

        // A blob is written once under its name; the time guards against a name that a repeated attempt wrote again.
        var tag = new EntityTagHeaderValue($"\"{blob.LengthBytes:x}-{blob.LastModified.UtcTicks:x}\"");
        return TypedResults.Stream(blob.Stream, blob.ContentType, null, blob.LastModified, tag, enableRangeProcessing: true).ExecuteAsync(http);
    }

    // The characters of server-made names; everything else, "..", and empty segments are not there without asking the store.
    private static bool IsPlausible(string name) => name.Length is > 0 and <= MaxNameLength
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-')
        && Array.TrueForAll(name.Split('/'), segment => segment.Length > 0 && segment[0] != '.');
}
