namespace Kinora.Server.Api.Routing;

/// <summary>
/// Tells the hosts of the protocol apart on one port: by the path prefixes <c>/queue</c> and <c>/rest</c>, or by a host name that
/// begins with <c>queue.</c>. What <c>rest.fal.ai</c> answers has paths of its own, so its name need not be known.
/// </summary>
/// <param name="Host">Which host the call is meant for.</param>
/// <param name="Prefix">The part of the path that chose it, to be repeated in returned URLs: <c>/queue</c>, <c>/rest</c> or empty.</param>
/// <param name="Path">What follows the prefix, beginning with a slash.</param>
internal readonly record struct RequestPath(ProtocolHost Host, string Prefix, string Path)
{
    private const string QueuePrefix = "/queue";
    private const string RestPrefix = "/rest";

    /// <summary>Reads host name (with or without port) and path (percent-decoded) of a request.</summary>
    public static RequestPath Read(string host, string path)
    {
        if (path.StartsWith(QueuePrefix + "/", StringComparison.Ordinal))
            return new RequestPath(ProtocolHost.Queue, QueuePrefix, path[QueuePrefix.Length..]);

        if (path.StartsWith(RestPrefix + "/", StringComparison.Ordinal))
            return new RequestPath(ProtocolHost.Rest, RestPrefix, path[RestPrefix.Length..]);

        var isQueueHost = host.StartsWith("queue.", StringComparison.OrdinalIgnoreCase);
        return new RequestPath(isQueueHost ? ProtocolHost.Queue : ProtocolHost.Run, string.Empty, path);
    }
}
