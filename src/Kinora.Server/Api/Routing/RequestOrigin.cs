using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api.Routing;

/// <summary>
/// Where the client believes the server to be: scheme, host and path prefix, so that returned URLs lead back the way the client came.
/// </summary>
internal static class RequestOrigin
{
    /// <summary>Gives the base of returned URLs, without a trailing slash, for example <c>https://example.org:8443/kinora</c>.</summary>
    /// <param name="request">The request as it came.</param>
    /// <param name="trustForwarded">
    /// Whether <c>X-Forwarded-Proto</c>, <c>-Host</c> and <c>-Prefix</c> are believed: only behind a proxy that sets them itself, since any client can send them.
    /// </param>
    public static string Read(HttpRequest request, bool trustForwarded)
    {
        if (!trustForwarded) return string.Concat(request.Scheme, "://", HostOf(request), request.PathBase.Value);

        var scheme = First(request, "X-Forwarded-Proto") is { } proto && IsWebScheme(proto) ? proto : request.Scheme;
        var prefix = First(request, "X-Forwarded-Prefix") is { } given && IsPrefix(given) ? given.TrimEnd('/') : string.Empty;
        return string.Concat(scheme, "://", HostOf(request, trustForwarded), prefix + request.PathBase.Value);
    }

    /// <summary>Gives the host (with its port, if one was named) that the client asked for.</summary>
    public static string HostOf(HttpRequest request, bool trustForwarded = false)
    {
        if (trustForwarded && First(request, "X-Forwarded-Host") is { } forwarded && IsHost(forwarded)) return forwarded;
        if (request.Host.HasValue) return request.Host.Value;

        // HTTP/1.0 needs no Host header; the address that the connection came in on is the next best name.
        var connection = request.HttpContext.Connection;
        return new HostString(connection.LocalIpAddress?.ToString() ?? "localhost", connection.LocalPort).Value!;
    }

    // A chain of proxies appends with commas; the first entry is what the client used.
    private static string? First(HttpRequest request, string header)
    {
        var value = request.Headers[header].ToString();
        if (value.Length == 0) return null;
        var comma = value.IndexOf(',', StringComparison.Ordinal);
        return (comma < 0 ? value : value[..comma]).Trim();
    }

    private static bool IsWebScheme(string text) => text is "http" or "https";

    private static bool IsHost(string text) => Uri.TryCreate($"http://{text}/", UriKind.Absolute, out var uri)
        && uri.AbsolutePath == "/" && uri.Query.Length == 0 && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0;

    private static bool IsPrefix(string text) => text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal)
        && Uri.IsWellFormedUriString(text, UriKind.Relative) && text.AsSpan().IndexOfAny('?', '#') < 0;
}
