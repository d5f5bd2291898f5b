namespace Kinora.Server.Api.Routing;

/// <summary>
/// A path, understood. The protocol's paths vary in depth, and a request's path may name the whole endpoint or only its application, so they are
/// parsed here instead of by route templates.
/// </summary>
/// <param name="Operation">What is asked for.</param>
/// <param name="Application">Owner and alias, with the name space where there is one: <c>fal-ai/kling-video</c>.</param>
/// <param name="Subpath">What follows the application, without slashes at its ends: <c>v3/standard/image-to-video</c>, or empty.</param>
/// <param name="RequestId">The id as it came, or empty for <see cref="ProtocolOperation.Invoke"/> and <see cref="ProtocolOperation.InvokeStream"/>.</param>
internal readonly record struct ProtocolRoute(ProtocolOperation Operation, string Application, string Subpath, string RequestId)
{
    private const string StreamSuffix = "/stream";

    /// <summary>The full id of the endpoint that the path names.</summary>
    public string Endpoint => Subpath.Length == 0 ? Application : $"{Application}/{Subpath}";

    /// <summary>Parses a path that begins with a slash, free of any deployment or queue prefix. One trailing slash is ignored.</summary>
    /// <returns>False if the path names no application (fewer than two segments, or an empty one among them).</returns>
    public static bool TryParse(string path, ProtocolHost host, out ProtocolRoute route)
    {
        route = default;
        var trimmed = TrimSlashes(path);
        var applicationLength = MeasureApplication(trimmed);
        if (applicationLength < 0 || trimmed.EndsWith("/") || trimmed.Contains("//", StringComparison.Ordinal)) return false;

        var application = trimmed[..applicationLength].ToString();
        var rest = trimmed[applicationLength..];
        route = TryParseRequest(application, rest, out var request) ? request : ParseInvocation(application, rest, host);
        return true;
    }

    /// <summary>Whether an endpoint belongs to <see cref="Application"/>, so that this path may speak of its requests.</summary>
    public bool Covers(string endpoint) =>
        endpoint.StartsWith(Application, StringComparison.Ordinal) && (endpoint.Length == Application.Length || endpoint[Application.Length] == '/');

    private static ReadOnlySpan<char> TrimSlashes(ReadOnlySpan<char> path)
    {
        if (path.StartsWith("/")) path = path[1..];
        return path.EndsWith("/") ? path[..^1] : path;
    }

    // Two segments, or three where the first is a name space ("workflows/owner/alias").
    private static int MeasureApplication(ReadOnlySpan<char> path)
    {
        var segments = path.StartsWith("workflows/") || path.StartsWith("comfy/") ? 3 : 2;
        var end = -1;
        for (var i = 0; i < segments; i++)
        {
            var start = end + 1;
            if (start >= path.Length) return -1;
            var slash = path[start..].IndexOf('/');
            if (slash == 0) return -1;
            end = slash < 0 ? path.Length : start + slash;
        }

        return end;
    }

    // rest is empty or begins with a slash: [/sub/path]/requests/{id}[/status|/status/stream|/cancel|/response]
    private static bool TryParseRequest(string application, ReadOnlySpan<char> rest, out ProtocolRoute route)
    {
        const string marker = "/requests/";
        route = default;
        var at = rest.IndexOf(marker);
        if (at < 0) return false;

        var tail = rest[(at + marker.Length)..];
        var slash = tail.IndexOf('/');
        var id = slash < 0 ? tail : tail[..slash];
        var operation = slash < 0 ? ProtocolOperation.Result : ReadOperation(tail[(slash + 1)..]);
        route = new ProtocolRoute(operation, application, rest[..at].TrimStart('/').ToString(), id.ToString());
        return true;
    }

    private static ProtocolOperation ReadOperation(ReadOnlySpan<char> suffix) => suffix switch
    {
        "status" => ProtocolOperation.Status,
        "status/stream" => ProtocolOperation.StatusStream,
        "cancel" => ProtocolOperation.Cancel,
        "response" => ProtocolOperation.Result,
        _ => ProtocolOperation.Unknown,
    };

    private static ProtocolRoute ParseInvocation(string application, ReadOnlySpan<char> rest, ProtocolHost host)
    {
        var streams = host == ProtocolHost.Run && rest.EndsWith(StreamSuffix);
        if (streams) rest = rest[..^StreamSuffix.Length];
        var operation = streams ? ProtocolOperation.InvokeStream : ProtocolOperation.Invoke;
        return new ProtocolRoute(operation, application, rest.TrimStart('/').ToString(), string.Empty);
    }
}
