using System.Net;

namespace Kinora.Server.Keys;

/// <summary>What can be told from a host name alone.</summary>
internal static class HostNames
{
    /// <summary>Whether the host, without a port, is <c>localhost</c>, below it (RFC 6761, section 6.3), or a loopback address.</summary>
    public static bool IsLoopback(string host) =>
        IsBelow(host, "localhost") || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether the host, without a port, is an IP address.</summary>
    public static bool IsAddress(string host) => IPAddress.TryParse(host.Trim('[', ']'), out _);

    /// <summary>Whether the host, without a port, is <paramref name="domain"/> or a name below it.</summary>
    public static bool IsBelow(string host, string domain) =>
        host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.');
}
