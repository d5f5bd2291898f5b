using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kinora.Server.Tests.Fetching;

/// <summary>Redirects are followed by hand, each one checked like the URL that the caller gave.</summary>
public sealed class RedirectTests
{
    private static readonly byte[] s_picture = Encoding.ASCII.GetBytes("picture");

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Every_kind_of_redirect_is_followed(int status)
    {
        await using var target = RawHttpServer.Serving(s_picture);
        await using var server = RawHttpServer.Answering($"HTTP/1.1 {status} Elsewhere\r\nLocation: {target.Url()}\r\nContent-Length: 0");
        using var house = new FetchingHouse();
        Assert.Equal(s_picture, await house.FetchBytesAsync(server.Url()));
    }

    [Fact]
    public async Task Five_redirects_are_followed()
    {
        await using var server = CountingDown();
        using var house = new FetchingHouse();
        Assert.Equal(s_picture, await house.FetchBytesAsync(server.Url("/5")));
    }

    [Fact]
    public async Task Six_redirects_are_too_many()
    {
        await using var server = CountingDown();
        using var house = new FetchingHouse();
        Assert.Contains("more than 5 times", (await house.FetchRefusedAsync(server.Url("/6"))).Message, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "not a public address")]
    [InlineData("//169.254.169.254/latest/meta-data/", "not a public address")]
    [InlineData("http://[::ffff:169.254.169.254]/", "not a public address")]
    [InlineData("http://10.0.0.1/", "not a public address")]
    [InlineData("http://2130706434/", "not a public address")]
    [InlineData("file:///etc/passwd", "something other than an http or https URL")]
    [InlineData("data:image/png;base64,AAAA", "something other than an http or https URL")]
    [InlineData("http://user:secret@127.0.0.1/", "user name or password")]
    public async Task A_redirect_to_what_a_caller_could_not_name_is_refused(string location, string reason)
    {
        await using var server = RawHttpServer.Answering($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0");
        using var house = new FetchingHouse();
        Assert.Contains(reason, (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
        Assert.Equal(["127.0.0.1"], house.Dialled);
    }

    [Fact]
    public async Task A_redirect_without_a_target_is_refused()
    {
        await using var server = RawHttpServer.Answering("HTTP/1.1 302 Found\r\nContent-Length: 0");
        using var house = new FetchingHouse();
        Assert.Contains("redirects to nowhere", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_refused()
    {
        using var certificate = CreateCertificate();
        await using var target = RawHttpServer.Serving(s_picture);
        await using var server = new RawHttpServer(
            (_, stream, stop) => RawHttpServer.WriteAsync(stream, $"HTTP/1.1 302 Found\r\nLocation: {target.Url()}\r\nContent-Length: 0", null, stop), certificate);
        using var house = new FetchingHouse(trusted: certificate);
        Assert.Contains("from https to http", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
        Assert.Empty(target.Requests);
    }

    [Fact]
    public async Task A_redirect_from_http_to_https_is_followed()
    {
        using var certificate = CreateCertificate();
        await using var target = new RawHttpServer(
            (_, stream, stop) => RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 7", s_picture, stop), certificate);
        await using var server = RawHttpServer.Answering($"HTTP/1.1 302 Found\r\nLocation: {target.Url()}\r\nContent-Length: 0");
        using var house = new FetchingHouse(trusted: certificate);
        Assert.Equal(s_picture, await house.FetchBytesAsync(server.Url()));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var certificate = CreateCertificate();
        await using var server = new RawHttpServer(
            (_, stream, stop) => RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 7", s_picture, stop), certificate);
        using var house = new FetchingHouse();
        Assert.Contains("certificate is not trusted", (await house.FetchRefusedAsync(server.Url())).Message, StringComparison.Ordinal);
    }

    /// <summary>Redirects <c>/n</c> to <c>/n-1</c>, and serves the picture at <c>/0</c>.</summary>
    private static RawHttpServer CountingDown() => new((head, stream, stop) =>
    {
        var left = int.Parse(head.AsSpan(5, 1), System.Globalization.CultureInfo.InvariantCulture);
        return left == 0
            ? RawHttpServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 7", s_picture, stop)
            : RawHttpServer.WriteAsync(stream, $"HTTP/1.1 302 Found\r\nLocation: {left - 1}\r\nContent-Length: 0", null, stop);
    });

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var bare = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null);
    }
}
