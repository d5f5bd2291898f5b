namespace Kinora.Server.Fetching;

/// <summary>
/// What an IP address is for, after the IANA special-purpose address registries
/// (https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry).
/// Only <see cref="Public"/> ones may be fetched from.
/// </summary>
internal enum AddressClass
{
    /// <summary>Anyone's, on the Internet.</summary>
    Public,

    /// <summary>"This host on this network": 0.0.0.0/8 and ::. Linux connects to itself for it.</summary>
    Unspecified,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>RFC 1918: 10/8, 172.16/12, 192.168/16.</summary>
    Private,

    /// <summary>RFC 6598, carrier-grade NAT: 100.64/10.</summary>
    CarrierNat,

    /// <summary>169.254/16 and fe80::/10.</summary>
    LinkLocal,

    /// <summary>RFC 4193: fc00::/7.</summary>
    UniqueLocal,

    /// <summary>224/4 and ff00::/8.</summary>
    Multicast,

    /// <summary>An IPv4 address behind a translator: 64:ff9b::/96 and 64:ff9b:1::/48.</summary>
    Nat64,

    /// <summary>An IPv4 address in an IPv6 one: 2002::/16.</summary>
    SixToFour,

    /// <summary>An IPv4 address in an IPv6 one: 2001::/32.</summary>
    Teredo,

    /// <summary>Documentation, benchmarks, future use, and everything else that the Internet does not route.</summary>
    Reserved,

    /// <summary>A cloud's metadata endpoint, which hands out credentials to whoever can reach it.</summary>
    Metadata,
}
