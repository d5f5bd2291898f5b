using System.Globalization;
using Kinora.Jobs.Blobs;
using Kinora.Server.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Kinora.Server.Api;

/// <summary>
/// <c>GET /files/{name}</c>: outputs and uploads, for anyone who knows the name, which nobody can guess, and whom their rules let. Players ask for ranges,
/// browsers for sandboxing. Where the options say so, readers are sent to the storage with a signed URL instead.
/// </summary>
internal sealed class FileEndpoint(IBlobStore blobs, FileGate gate, TimeProvider time, IOptions<ApiOptions> options)
{
    /// <summary>The path of all files.</summary>
    public const string Prefix = "/files/";

    private const int MaxNameLength = 512;
    private const int MaxCacheSeconds = 3600;

    /// <summary>Long enough to begin a read, short enough to be worthless when it is found in a log.</summary>
    private static readonly TimeSpan s_signatureLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Sends a blob or the part of it that <c>Range</c> asks for: 200, 206, 304, 307, 412, 416, or 404.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, HEAD");
            return;
        }

        var name = http.Request.Path.Value![Prefix.Length..];
        var verdict = IsPlausible(name) ? await gate.JudgeAsync(http, name) : new FileGate.Verdict(FileDecision.Hide, null, IsPublic: true);
        if (verdict.Decision == FileDecision.Forbid)
        {
            await ErrorResponses.WriteAsync(http.Response, StatusCodes.Status403Forbidden, "Access to this file is forbidden");
            return;
        }

        if (verdict.Decision == FileDecision.Hide || await blobs.TryOpenAsync(name, http.RequestAborted) is not { } blob)
        {
            await ErrorResponses.WriteAsync(http.Response, StatusCodes.Status404NotFound, "File not found");
            return;
        }

        await using (blob)
        {
            if (options.Value.SignedReads && HttpMethods.IsGet(http.Request.Method) && blobs.TryCreateReadUrl(name, s_signatureLifetime) is { } signed)
            {
                Redirect(http.Response, signed);
                return;
            }

            http.Response.Headers.CacheControl = CachingOf(verdict);
            await SendAsync(http, blob);
        }
    }

    private static void Redirect(HttpResponse response, Uri signed)
    {
        response.Headers.CacheControl = "private, no-store";
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        response.Headers.Location = signed.AbsoluteUri;
    }

    private static Task SendAsync(HttpContext http, BlobContent blob)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";

        // A blob is written once under its name; the time guards against a name that a repeated attempt wrote again.
        var tag = new EntityTagHeaderValue($"\"{blob.LengthBytes:x}-{blob.LastModified.UtcTicks:x}\"");
        return TypedResults.Stream(blob.Stream, blob.ContentType, null, blob.LastModified, tag, enableRangeProcessing: true).ExecuteAsync(http);
    }

    // A cache keeps nothing longer than the server, and nothing that is not for everyone.
    private string CachingOf(FileGate.Verdict verdict)
    {
        if (!verdict.IsPublic) return "private, no-store";
        var left = (verdict.ExpiresAt - time.GetUtcNow())?.TotalSeconds ?? MaxCacheSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"public, max-age={(int)Math.Clamp(left, 0, MaxCacheSeconds)}");
    }

    // The characters of server-made names; everything else, "..", and empty segments are not there without asking the store.
    private static bool IsPlausible(string name) => name.Length is > 0 and <= MaxNameLength
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-')
        && Array.TrueForAll(name.Split('/'), segment => segment.Length > 0 && segment[0] != '.');
}
