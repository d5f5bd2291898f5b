using System.Net;
using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Fetching;

public sealed class AddressPolicyTests
{
    [Theory]
    [InlineData("", "pictures.example", "93.184.216.34", true)]
    [InlineData("", "nas.lan", "192.168.1.20", false)]
    [InlineData("nas.lan", "nas.lan", "192.168.1.20", true)]
    [InlineData("nas.lan", "NAS.LAN.", "192.168.1.20", true)]
    [InlineData("nas.lan", "evil.nas.lan", "192.168.1.20", false)]
    [InlineData("nas.lan", "192.168.1.20", "192.168.1.20", false)]
    [InlineData("192.168.1.20", "nas.lan", "192.168.1.20", true)]
    [InlineData("192.168.1.20", "nas.lan", "::ffff:192.168.1.20", true)]
    [InlineData("192.168.1.20", "nas.lan", "192.168.1.21", false)]
    [InlineData("192.168.0.0/16", "nas.lan", "192.168.200.1", true)]
    [InlineData("192.168.0.0/16", "nas.lan", "10.0.0.1", false)]
    [InlineData("fd12::/16", "nas.lan", "fd12::7", true)]
    [InlineData("FD12:0:0::/16", "nas.lan", "fd12::7", true)]
    [InlineData("localhost", "localhost", "::1", true)]
    public void A_private_host_is_opened_by_name_address_or_range(string opened, string host, string address, bool expected) =>
        Assert.Equal(expected, Policy(opened).Allows(host, IPAddress.Parse(address)));

    [Theory]
    [InlineData("169.254.0.0/16", false)]
    [InlineData("169.254.169.254/32", false)]
    [InlineData("0.0.0.0/0", false)]
    [InlineData("metadata.internal", false)]
    [InlineData("169.254.169.254", true)]
    public void A_metadata_address_is_opened_only_by_writing_it_down(string opened, bool expected) =>
        Assert.Equal(expected, Policy(opened).Allows("metadata.internal", IPAddress.Parse("169.254.169.254")));

    [Fact]
    public void Opening_the_translators_range_does_not_open_the_metadata_address_behind_it() =>
        Assert.False(Policy("64:ff9b::/96").Allows("x.example", IPAddress.Parse("64:ff9b::169.254.169.254")));

    private static AddressPolicy Policy(string opened) => new(new OpenedHosts(opened.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
