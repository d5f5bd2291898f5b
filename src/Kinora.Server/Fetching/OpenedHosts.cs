using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Kinora.Server.Fetching;

/// <summary>The private hosts that the operator opened: names, addresses and ranges of addresses.</summary>
internal sealed class OpenedHosts
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<IPAddress> _addresses = [];
    private readonly List<IPNetwork> _networks = [];

    /// <summary>Reads the entries of <see cref="FetchingOptions.AllowedPrivateHosts"/>.</summary>
    /// <exception cref="ArgumentException">An entry is no host name, IP address or CIDR range.</exception>
    public OpenedHosts(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
            Add(entry);
    }

    /// <summary>Whether the operator opened this host by name, or this address of it by address or range.</summary>
    /// <param name="host">As the URL has it.</param>
    /// <param name="address">Canonical.</param>
    public bool Contains(string host, IPAddress address) =>
        _names.Contains(Plain(host)) || Names(address) || _networks.Exists(network => network.Contains(address));

    /// <summary>Whether the operator wrote down this very address.</summary>
    public bool Names(IPAddress address) => _addresses.Contains(address);

    /// <summary>Whether an entry is one, and if not, what is wrong with it.</summary>
    public static bool IsEntry(string? entry, [NotNullWhen(false)] out string? problem)
    {
        problem = entry switch
        {
            null or "" => "is empty",
            _ when IPAddress.TryParse(entry, out _) || TryReadRange(entry, out _) => null,
            _ when entry.Contains('/', StringComparison.Ordinal) => "is no CIDR range (an example is 192.168.1.0/24; the bits after the prefix must be zero)",
            _ when Uri.CheckHostName(Plain(entry)) == UriHostNameType.Dns => null,
            _ => "is no host name, IP address or CIDR range (without scheme, port and wildcard)",
        };
        return problem is null;
    }

    private void Add(string entry)
    {
        if (!IsEntry(entry, out var problem))
            throw new ArgumentException($"'{entry}' {problem}.", nameof(entry));
        if (IPAddress.TryParse(entry, out var address))
            _addresses.Add(AddressClassifier.Canonical(address));
        else if (TryReadRange(entry, out var network))
            _networks.Add(network);
        else
            _names.Add(Plain(entry));
    }

    /// <summary>A range whose address is its first one: <c>10.1.2.3/8</c> is more likely a slip than a wish to open all of 10/8.</summary>
    private static bool TryReadRange(string entry, out IPNetwork network) =>
        IPNetwork.TryParse(entry, out network) && network.BaseAddress.Equals(IPAddress.Parse(entry.AsSpan(0, entry.IndexOf('/', StringComparison.Ordinal))));

    private static string Plain(string host) => host.TrimEnd('.');
}
