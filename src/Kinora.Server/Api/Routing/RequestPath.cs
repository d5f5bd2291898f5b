namespace Kinora.Server.Api.Routing;

/// <summary>
/// Tells the queue from synchronous runs on one port: by the path prefix <c>/queue</c>, or by a host name that begins with <c>queue.</c>.
/// </summary>
/// <param name="Host">Which host the call is meant for.</param>
/// <param name="Prefix">The part of the path that chose it, to be repeated in returned URLs: <c>/queue</c> or empty.</param>
/// <param name="Path">What follows the prefix, beginning with a slash.</param>
internal readonly record struct RequestPath(ProtocolHost Host, string Prefix, string Path)
{
    private const string QueuePrefix = "/queue";

    /// <summary>Reads host name (with or without port) and path (percent-decoded) of a request.</summary>
    public static RequestPath Read(string host, string path)
    {
        if (path.StartsWith(QueuePrefix + "/", StringComparison.Ordinal))
            return new RequestPath(ProtocolHost.Queue, QueuePrefix, path[QueuePrefix.Length..]);

        var isQueueHost = host.StartsWith("queue.", StringComparison.OrdinalIgnoreCase);
        return new RequestPath(isQueueHost ? ProtocolHost.Queue : ProtocolHost.Run, string.Empty, path);
    }
}
