using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Api;

/// <summary>
/// Which web pages may call the API (Fetch standard, section 3.2): those on this machine and those that the options name. Files may be read from anywhere.
/// </summary>
internal sealed class CorsPolicy(IOptions<ApiOptions> options)
{
    private const string Methods = "GET,POST,PUT,OPTIONS";
    private const string ExposedHeaders =
        "x-fal-request-id, x-fal-request-timeout-type, x-fal-error-type, x-fal-retryable, x-fal-billable-units, etag";

    private static readonly string[] s_plainHeaders = ["authorization", "content-type", "accept", "cache-control", "range", "idempotency-key", "x-idempotency-key"];
    private static readonly string[] s_headerPrefixes = ["x-fal-", "x-app-fal-", "x-kinora-"];

    /// <summary>Adds the headers that let an allowed page read the answer; nothing for calls that come from no page.</summary>
    public void Apply(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0) return;

        var headers = http.Response.Headers;
        var isFile = http.Request.Path.StartsWithSegments("/files");
        if (!isFile) headers.Append("Vary", "Origin");
        if (!isFile && !IsAllowed(origin)) return;

        headers.AccessControlAllowOrigin = isFile ? "*" : origin;
        headers.AccessControlExposeHeaders = ExposedHeaders;
        if (!HttpMethods.IsOptions(http.Request.Method)) return;

        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = AllowedOf(http.Request.Headers.AccessControlRequestHeaders.ToString());
        headers.AccessControlMaxAge = "600";
    }

    private bool IsAllowed(string origin) =>
        options.Value.AllowedOrigins.Any(allowed => allowed == "*" || allowed.Equals(origin, StringComparison.OrdinalIgnoreCase))
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsThisMachine(uri));

    private static bool IsThisMachine(Uri origin) =>
        origin.Scheme is "http" or "https"
        && (origin.Host is "localhost" || (IPAddress.TryParse(origin.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));

    private static string AllowedOf(string requested) =>
        string.Join(", ", requested.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(IsAllowedHeader));

    private static bool IsAllowedHeader(string name) =>
        s_plainHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(s_headerPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
