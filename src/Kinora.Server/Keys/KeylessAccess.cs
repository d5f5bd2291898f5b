namespace Kinora.Server.Keys;

/// <summary>
/// Guards a server that asks for no key against DNS rebinding: a page on <c>evil.example</c>, whose name suddenly leads to 127.0.0.1, still sends that name as
/// <c>Host</c>.
/// </summary>
internal static class KeylessAccess
{
    private static readonly string[] s_knownDomains = ["localhost", "fal.run", "fal.ai", "fal.media"];

    /// <summary>Whether a server without keys may be called by this name.</summary>
    /// <param name="host">Host name without a port.</param>
    /// <param name="allowedHosts">Further names, from the options.</param>
    public static bool IsAllowed(string host, IEnumerable<string> allowedHosts) =>
        HostNames.IsAddress(host)
        || Array.Exists(s_knownDomains, domain => HostNames.IsBelow(host, domain))
        || allowedHosts.Any(allowed => HostNames.IsBelow(host, allowed));
}
