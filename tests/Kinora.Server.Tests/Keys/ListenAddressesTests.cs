using Kinora.Server.Keys;

namespace Kinora.Server.Tests.Keys;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://localhost:8787")]
    [InlineData("http://127.0.0.1:8787")]
    [InlineData("http://127.8.9.10:0")]
    [InlineData("https://[::1]:8443")]
    [InlineData("http://run.localhost:80")]
    public void Loopback_needs_no_key(string address) => Assert.Null(ListenAddresses.FindObjection([address], hasKeys: false, isForced: false));

    [Theory]
    [InlineData("http://0.0.0.0:8787")]
    [InlineData("http://[::]:8787")]
    [InlineData("http://*:8787")]
    [InlineData("http://+:8787")]
    [InlineData("http://192.168.1.5:8787")]
    [InlineData("http://example.org:8787")]
    [InlineData("http://notlocalhost:8787")]
    [InlineData("http://localhost.example.org:8787")]
    public void Any_other_address_needs_a_key_or_force(string address)
    {
        Assert.Contains(address, ListenAddresses.FindObjection(["http://localhost:1", address], hasKeys: false, isForced: false), StringComparison.Ordinal);
        Assert.Null(ListenAddresses.FindObjection([address], hasKeys: true, isForced: false));
        Assert.Null(ListenAddresses.FindObjection([address], hasKeys: false, isForced: true));
    }

    [Fact]
    public void What_is_no_url_is_said_to_be_none() => Assert.Throws<FormatException>(() => ListenAddresses.AreLoopback(["localhost"]));
}
