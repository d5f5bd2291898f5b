using System.Net;
using System.Text;
using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Fetching;

/// <summary>Which hosts a caller can make this server contact: nothing private, however it is written and whatever the name system says.</summary>
public sealed class PrivateAddressTests
{
    private static readonly byte[] s_picture = Encoding.ASCII.GetBytes("picture");

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://１２７.０.０.１/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://0/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://192.168.0.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://169.254.10.10/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://240.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/")]
    [InlineData("http://[fc00::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    public async Task No_spelling_of_a_private_address_is_contacted(string url)
    {
        using var house = new FetchingHouse(options => options.AllowedPrivateHosts = []);
        var violation = await house.FetchRefusedAsync(url);
        Assert.Contains("public address", violation.Message, StringComparison.Ordinal);
        Assert.Empty(house.Dialled);
    }

    [Theory]
    [InlineData("10.20.30.40")]
    [InlineData("93.184.216.34,10.20.30.40")]
    [InlineData("10.20.30.40,93.184.216.34")]
    [InlineData("::ffff:10.20.30.40")]
    [InlineData("64:ff9b::a14:1e28")]
    public async Task A_name_with_a_private_address_among_its_addresses_is_refused_without_telling_the_address(string addresses)
    {
        using var house = new FetchingHouse(resolver: new ScriptedResolver(addresses));
        var violation = await house.FetchRefusedAsync("http://intranet.example/picture.png");
        Assert.Contains("intranet.example has no public address", violation.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("10.20", violation.Message, StringComparison.Ordinal);
        Assert.Empty(house.Dialled);
    }

    [Fact]
    public async Task A_private_name_and_an_unknown_name_are_refused_in_the_same_words()
    {
        using var here = new FetchingHouse(resolver: new ScriptedResolver("10.0.0.1"));
        using var nowhere = new FetchingHouse(resolver: new ScriptedResolver(""));
        var (known, unknown) = (await here.FetchRefusedAsync("http://x.example/"), await nowhere.FetchRefusedAsync("http://x.example/"));
        Assert.Equal(known.Message, unknown.Message);
    }

    [Fact]
    public async Task A_name_that_turns_private_after_it_was_checked_gains_nothing()
    {
        // DNS rebinding: the first answer is public, every later one is this machine. The redirect makes the fetcher look again.
        await using var server = RawHttpServer.Answering("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0");
        var resolver = new ScriptedResolver("93.184.216.34", "127.0.0.1");
        using var house = new FetchingHouse(
            options => options.AllowedPrivateHosts = [], resolver, network: _ => new IPEndPoint(IPAddress.Loopback, server.Port));
        await house.FetchRefusedAsync("http://rebinding.example/picture.png");
        Assert.Equal(["93.184.216.34"], house.Dialled);
        Assert.Equal(2, resolver.Lookups);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_that_is_contacted()
    {
        await using var server = RawHttpServer.Serving(s_picture);
        var resolver = new ScriptedResolver("93.184.216.34", "127.0.0.1");
        using var house = new FetchingHouse(
            options => options.AllowedPrivateHosts = [], resolver, network: _ => new IPEndPoint(IPAddress.Loopback, server.Port));
        Assert.Equal(s_picture, await house.FetchBytesAsync("http://rebinding.example/picture.png"));
        Assert.Equal((1, "93.184.216.34"), (resolver.Lookups, Assert.Single(house.Dialled)));
        Assert.Contains("Host: rebinding.example\r\n", server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checked_connection_is_not_kept_for_the_next_fetch()
    {
        await using var server = new RawHttpServer(async (_, stream, stop) =>
        {
            // Answers as often as it is asked on this one connection.
            do
            {
                await RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 7", s_picture, stop);
            }
            while (await stream.ReadAsync(new byte[4096], stop) > 0);
        });
        var resolver = new ScriptedResolver("93.184.216.34", "127.0.0.1");
        using var house = new FetchingHouse(
            options => options.AllowedPrivateHosts = [], resolver, network: _ => new IPEndPoint(IPAddress.Loopback, server.Port));
        await house.FetchBytesAsync("http://rebinding.example/picture.png");
        Assert.IsType<FetchOutcome.Refused>(await house.FetchAsync("http://rebinding.example/picture.png"));
    }

    [Fact]
    public async Task The_next_address_of_a_name_is_tried_when_the_first_refuses()
    {
        await using var server = RawHttpServer.Serving(s_picture);
        using var house = new FetchingHouse(
            resolver: new ScriptedResolver("93.184.216.34,93.184.216.35"),
            network: asked => new IPEndPoint(IPAddress.Loopback, asked.Address.ToString().EndsWith('4') ? ClosedPort() : server.Port));
        Assert.Equal(s_picture, await house.FetchBytesAsync("http://pictures.example/picture.png"));
        Assert.Equal(["93.184.216.34", "93.184.216.35"], house.Dialled);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.0/8", "127.0.0.1")]
    [InlineData("nas.example", "nas.example")]
    [InlineData("127.0.0.0/8", "nas.example")]
    public async Task An_operator_can_open_a_private_host(string opened, string host)
    {
        await using var server = RawHttpServer.Serving(s_picture);
        using var house = new FetchingHouse(options => options.AllowedPrivateHosts = [opened], new ScriptedResolver("127.0.0.1"));
        Assert.Equal(s_picture, await house.FetchBytesAsync(server.Url(host: host)));
    }

    [Theory]
    [InlineData("file:///etc/passwd", "http or https URL or a data URI")]
    [InlineData("/etc/passwd", "http or https URL or a data URI")]
    [InlineData("photo.png", "http or https URL or a data URI")]
    [InlineData("", "http or https URL or a data URI")]
    [InlineData("ftp://127.0.0.1/x", "http or https URL or a data URI")]
    [InlineData("gopher://127.0.0.1/x", "http or https URL or a data URI")]
    [InlineData("ws://127.0.0.1/x", "http or https URL or a data URI")]
    [InlineData("javascript:alert(1)", "http or https URL or a data URI")]
    [InlineData("http://", "http or https URL or a data URI")]
    [InlineData("http://127.0.0.1:8080\\@pictures.example/", "http or https URL or a data URI")]
    [InlineData("http://xn--\u00e9\u0000/", "http or https URL or a data URI")]
    [InlineData("http://user:secret@127.0.0.1/x", "user name or password")]
    [InlineData("http://pictures.example@127.0.0.1/x", "user name or password")]
    public async Task Only_plain_http_and_https_URLs_are_fetched(string url, string reason)
    {
        using var house = new FetchingHouse();
        Assert.Contains(reason, (await house.FetchRefusedAsync(url)).Message, StringComparison.Ordinal);
        Assert.Empty(house.Dialled);
    }

    [Fact]
    public async Task A_URL_of_2048_characters_is_fetched_and_a_longer_one_is_not()
    {
        await using var server = RawHttpServer.Serving(s_picture);
        using var house = new FetchingHouse();
        var longest = server.Url("/").PadRight(2048, 'x');
        Assert.Equal(s_picture, await house.FetchBytesAsync(longest));
        using var other = new FetchingHouse();
        Assert.Contains("2049 characters", (await other.FetchRefusedAsync(longest + "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_can_insist_on_https_and_on_ports()
    {
        using var secure = new FetchingHouse(options => options.HttpsOnly = true);
        Assert.Contains("https URLs only", (await secure.FetchRefusedAsync("http://127.0.0.1/x")).Message, StringComparison.Ordinal);
        using var narrow = new FetchingHouse(options => options.AllowedPorts = [80, 443]);
        Assert.Contains("port 6379", (await narrow.FetchRefusedAsync("http://127.0.0.1:6379/x")).Message, StringComparison.Ordinal);
    }

    private static int ClosedPort()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
