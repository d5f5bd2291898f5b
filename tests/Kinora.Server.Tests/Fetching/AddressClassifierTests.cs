using System.Net;
using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Fetching;

public sealed class AddressClassifierTests
{
    [Theory]
    [InlineData("Public", "8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "198.17.255.255", "223.255.255.255")]
    [InlineData("Public", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450:4001::1", "::ffff:8.8.8.8")]
    [InlineData("Unspecified", "0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0")]
    [InlineData("Loopback", "127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1")]
    [InlineData("Private", "10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "::ffff:10.0.0.1")]
    [InlineData("CarrierNat", "100.64.0.1", "100.127.255.255")]
    [InlineData("LinkLocal", "169.254.0.1", "169.254.255.255", "fe80::1", "fe80::1%2", "febf::1")]
    [InlineData("UniqueLocal", "fc00::1", "fdff:ffff::1")]
    [InlineData("Multicast", "224.0.0.1", "239.255.255.255", "ff02::1")]
    [InlineData("Nat64", "64:ff9b::808:808", "64:ff9b::7f00:1", "64:ff9b:1::1")]
    [InlineData("SixToFour", "2002:7f00:1::", "2002:808:808::1", "192.88.99.1")]
    [InlineData("Teredo", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("Reserved", "240.0.0.1", "255.255.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9")]
    [InlineData("Reserved", "2001:db8::1", "2001:2::1", "3fff::1", "100::1", "4000::1", "::7f00:1", "fec0::1", "::ffff:0:127.0.0.1")]
    [InlineData("Metadata", "169.254.169.254", "169.254.170.2", "169.254.170.23", "100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254")]
    public void Every_address_belongs_to_one_class(string expected, params string[] addresses) =>
        Assert.All(addresses, address => Assert.Equal(expected, AddressClassifier.Classify(IPAddress.Parse(address)).ToString()));

    [Theory]
    [InlineData("::ffff:169.254.169.254", "mapped")]
    [InlineData("::169.254.169.254", "compatible")]
    [InlineData("::ffff:0:169.254.169.254", "translated")]
    [InlineData("64:ff9b::169.254.169.254", "NAT64")]
    [InlineData("64:ff9b:1::169.254.169.254", "local NAT64")]
    [InlineData("2002:a9fe:a9fe::1", "6to4")]
    [InlineData("2001:0:4136:e378:8000:63bf:5601:5601", "Teredo")]
    public void Metadata_addresses_are_known_in_every_disguise(string address, string disguise)
    {
        _ = disguise;
        Assert.Equal(AddressClass.Metadata, AddressClassifier.Classify(IPAddress.Parse(address)));
    }
}
