using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Kinora.Server.Endpoints;
using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Fetching;

/// <summary>Bodies that are too large, too slow, too late, cut off, compressed or lied about.</summary>
public sealed class BodyTests
{
    private static readonly byte[] s_full = new byte[FetchingHouse.MaxBytes];

    [Fact]
    public async Task A_file_of_exactly_the_largest_size_arrives()
    {
        await using var server = RawHttpServer.Serving(s_full);
        using var house = new FetchingHouse();
        Assert.Equal(s_full, await house.FetchBytesAsync(server.Url()));
    }

    [Fact]
    public async Task A_file_without_a_length_arrives()
    {
        await using var server = new RawHttpServer(async (_, stream, stop) =>
        {
            await RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", null, stop);
            await stream.WriteAsync(Encoding.ASCII.GetBytes("3\r\npic\r\n4\r\nture\r\n0\r\n\r\n"), stop);
        });
        using var house = new FetchingHouse();
        Assert.Equal("picture"u8.ToArray(), await house.FetchBytesAsync(server.Url()));
    }

    [Fact]
    public async Task The_request_says_nothing_but_what_it_must()
    {
        await using var server = RawHttpServer.Serving(s_full);
        using var house = new FetchingHouse();
        await house.FetchBytesAsync(server.Url("/a%20b?c=d&e"));
        Assert.Equal(
            $"GET /a%20b?c=d&e HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nAccept: */*\r\nAccept-Encoding: identity\r\nUser-Agent: Kinora\r\n\r\n",
            Assert.Single(server.Requests));
    }

    [Fact]
    public async Task A_file_that_says_it_is_too_large_is_refused_before_its_body()
    {
        await using var server = RawHttpServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 10001");
        using var house = new FetchingHouse();
        AssertTooLarge(await house.FetchRefusedAsync(server.Url(), "file_too_large"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked")]
    public async Task A_body_without_end_is_cut_at_the_largest_size(string head)
    {
        await using var server = new RawHttpServer(async (_, stream, stop) =>
        {
            await RawHttpServer.WriteAsync(stream, head, null, stop);
            var piece = head.Contains("chunked", StringComparison.Ordinal) ? Encoding.ASCII.GetBytes("400\r\n" + new string('x', 1024) + "\r\n") : new byte[1024];
            while (true)
                await stream.WriteAsync(piece, stop);
        });
        using var house = new FetchingHouse();
        AssertTooLarge(await house.FetchRefusedAsync(server.Url(), "file_too_large"));
    }

    [Fact]
    public async Task A_length_that_promises_too_much_is_a_broken_download()
    {
        await using var server = RawHttpServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 100", new byte[50]);
        using var house = new FetchingHouse();
        Assert.Contains("broke before the file was complete", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_length_that_promises_too_little_no_byte_more_is_taken()
    {
        await using var server = RawHttpServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 10", new byte[50_000]);
        using var house = new FetchingHouse();
        Assert.Equal(10, (await house.FetchBytesAsync(server.Url())).Length);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("ten")]
    public async Task A_length_that_is_none_does_not_lift_the_cap(string length)
    {
        await using var server = RawHttpServer.Answering($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}", new byte[20_000]);
        using var house = new FetchingHouse();
        Assert.IsType<FetchOutcome.Refused>(await house.FetchAsync(server.Url()));
        Assert.Empty(Directory.EnumerateFiles(house.Scratch.FullPath));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    [InlineData("unheard-of")]
    public async Task A_compressed_body_is_refused_unread(string encoding)
    {
        var bomb = Compress(new byte[5_000_000]);
        Assert.True(bomb.Length < FetchingHouse.MaxBytes);
        await using var server = RawHttpServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {bomb.Length}\r\nContent-Encoding: {encoding}", bomb);
        using var house = new FetchingHouse();
        Assert.Contains("compressed", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(304)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Any_status_but_200_is_no_file(int status)
    {
        await using var server = RawHttpServer.Answering($"HTTP/1.1 {status} Status\r\nContent-Length: 0");
        using var house = new FetchingHouse();
        Assert.Contains($"status {status}", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        await using var server = RawHttpServer.Serving([]);
        using var house = new FetchingHouse();
        Assert.Contains("it is empty", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_drips_its_body_is_given_up()
    {
        await using var server = new RawHttpServer(async (_, stream, stop) =>
        {
            await RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 5000", null, stop);
            while (true)
            {
                await stream.WriteAsync(new byte[1], stop);
                await Task.Delay(20, stop);
            }
        });
        using var house = new FetchingHouse(options => options.MinimumRateWindow = TimeSpan.FromSeconds(0.3));
        Assert.Contains("less than 1024 bytes a second", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_falls_silent_in_mid_body_is_given_up()
    {
        await using var server = new RawHttpServer(async (_, stream, stop) =>
        {
            await RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 9000", new byte[4000], stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        using var house = new FetchingHouse(options => options.MinimumRateWindow = TimeSpan.FromSeconds(0.2));
        Assert.Contains("less than 1024 bytes a second", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_takes_longer_than_the_endpoint_allows_is_given_up_even_if_it_keeps_pace()
    {
        await using var server = new RawHttpServer(async (_, stream, stop) =>
        {
            await RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 9999", null, stop);
            while (true)
            {
                await stream.WriteAsync(new byte[20], stop);
                await Task.Delay(10, stop);
            }
        });
        using var house = new FetchingHouse(options => options.MinimumBytesPerSecond = 0);
        var violation = await house.FetchRefusedAsync(server.Url(), downloadSeconds: 0.4);
        Assert.Contains("not complete after 0.4 s", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_takes_the_request_and_says_nothing_is_given_up()
    {
        await using var server = new RawHttpServer((_, _, stop) => Task.Delay(Timeout.Infinite, stop));
        using var house = new FetchingHouse(options => options.FirstByteTimeout = TimeSpan.FromSeconds(0.2));
        Assert.Contains("did not begin to answer within 0.2 s", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_never_ends_its_headers_is_given_up()
    {
        await using var server = new RawHttpServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), stop);
            while (true)
            {
                await stream.WriteAsync("X: y\r\n"u8.ToArray(), stop);
                await Task.Delay(20, stop);
            }
        });
        using var house = new FetchingHouse(options => options.FirstByteTimeout = TimeSpan.FromSeconds(0.3));
        Assert.Contains("did not begin to answer", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_without_end_are_cut()
    {
        await using var server = RawHttpServer.Answering("HTTP/1.1 200 OK\r\nX: " + new string('y', 100_000));
        using var house = new FetchingHouse();
        Assert.Contains("too many headers", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_speaks_something_else_is_refused()
    {
        await using var server = RawHttpServer.Answering("SSH-2.0-OpenSSH_9.2");
        using var house = new FetchingHouse();
        Assert.Contains("not HTTP", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100")]
    public async Task A_connection_that_is_reset_is_a_broken_download(string? head)
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var server = ResetAsync(listener, head);
        using var house = new FetchingHouse();
        var violation = await house.FetchRefusedAsync($"http://{listener.LocalEndpoint}/");
        Assert.Contains("the connection broke before", violation.Message, StringComparison.Ordinal);
        await server;
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_refused()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}/";
        listener.Stop();
        using var house = new FetchingHouse();
        Assert.Contains("refuses connections", (await house.FetchRefusedAsync(url)).Message, StringComparison.Ordinal);
    }

    private static async Task ResetAsync(TcpListener listener, string? head)
    {
        using var socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await socket.ReceiveAsync(new byte[1024], SocketFlags.None, TestContext.Current.CancellationToken);
        if (head is not null)
            await socket.SendAsync(Encoding.ASCII.GetBytes(head + "\r\n\r\nhalf"), SocketFlags.None, TestContext.Current.CancellationToken);
        socket.LingerState = new LingerOption(enable: true, 0);
    }

    private static void AssertTooLarge(Violation violation)
    {
        Assert.Equal(FetchingHouse.MaxBytes, violation.Context?["max_size"]?.GetValue<long>());
        Assert.Contains("at most 10000 bytes", violation.Message, StringComparison.Ordinal);
    }

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(content);
        return packed.ToArray();
    }
}
