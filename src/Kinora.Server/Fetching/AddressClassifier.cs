using System.Net;
using System.Net.Sockets;

namespace Kinora.Server.Fetching;

/// <summary>Tells what an IP address is for. Pure: no look-ups.</summary>
internal static class AddressClassifier
{
    /// <summary>
    /// Where clouds answer for the machine's credentials: AWS, Google, Azure, Oracle, DigitalOcean and others (169.254.169.254), AWS ECS and EKS, Tencent,
    /// Alibaba, Oracle's older one, Azure's host agent (a public address by the registry), and AWS and Google over IPv6.
    /// </summary>
    private static readonly HashSet<IPAddress> s_metadata =
    [
        .. new[]
        {
            "169.254.169.254", "169.254.170.2", "169.254.170.23", "169.254.0.23", "100.100.100.200", "192.0.0.192", "168.63.129.16",
            "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254",
        }.Select(IPAddress.Parse),
    ];

    /// <summary>The first network that contains an address decides.</summary>
    private static readonly (IPNetwork Network, AddressClass Class)[] s_networks =
    [
        .. Rows(AddressClass.Unspecified, "0.0.0.0/8", "::/128"),
        .. Rows(AddressClass.Loopback, "127.0.0.0/8", "::1/128"),
        .. Rows(AddressClass.Private, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        .. Rows(AddressClass.CarrierNat, "100.64.0.0/10"),
        .. Rows(AddressClass.LinkLocal, "169.254.0.0/16", "fe80::/10"),
        .. Rows(AddressClass.UniqueLocal, "fc00::/7"),
        .. Rows(AddressClass.Multicast, "224.0.0.0/4", "ff00::/8"),
        .. Rows(AddressClass.Nat64, "64:ff9b::/96", "64:ff9b:1::/48"),
        .. Rows(AddressClass.SixToFour, "2002::/16", "192.88.99.0/24"),
        .. Rows(AddressClass.Teredo, "2001::/32"),
        .. Rows(AddressClass.Reserved, "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"),
        .. Rows(AddressClass.Reserved, "2001::/23", "2001:db8::/32", "3fff::/20"),

        // What remains: all of IPv4, and of IPv6 the one block that has been given out for the Internet (RFC 4291).
        .. Rows(AddressClass.Public, "0.0.0.0/0", "2000::/3"),
    ];

    /// <summary>Classifies an address; an IPv4-mapped one (<c>::ffff:a.b.c.d</c>) counts as the IPv4 address that it is.</summary>
    public static AddressClass Classify(IPAddress address)
    {
        var plain = Canonical(address);
        if (s_metadata.Contains(plain) || (EmbeddedIpv4(plain) is { } embedded && s_metadata.Contains(embedded)))
            return AddressClass.Metadata;
        foreach (var (network, kind) in s_networks)
        {
            if (network.Contains(plain))
                return kind;
        }

        return AddressClass.Reserved;
    }

    /// <summary>The address without a zone, and as IPv4 where it is one in IPv6 clothes.</summary>
    public static IPAddress Canonical(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;
    }

    /// <summary>The IPv4 address that a translator or tunnel would make of an IPv6 address, or null.</summary>
    private static IPAddress? EmbeddedIpv4(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        var bytes = address.GetAddressBytes();
        return bytes[0] switch
        {
            // 6to4 (RFC 3056) has it after the prefix; Teredo (RFC 4380) at the end, inverted.
            0x20 when bytes[1] == 0x02 => new IPAddress(bytes.AsSpan(2, 4)),
            0x20 when bytes.AsSpan(1, 3).SequenceEqual((ReadOnlySpan<byte>)[0x01, 0, 0]) =>
                new IPAddress([.. bytes[12..].Select(part => (byte)~part)]),

            // NAT64 (RFC 6052), IPv4-compatible and IPv4-translated addresses have it at the end.
            0x00 => new IPAddress(bytes.AsSpan(12, 4)),
            _ => null,
        };
    }

    private static IEnumerable<(IPNetwork Network, AddressClass Class)> Rows(AddressClass kind, params string[] networks) =>
        networks.Select(network => (IPNetwork.Parse(network), kind));
}
