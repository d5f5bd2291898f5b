using Kinora.Server.Api.Routing;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Tests.Api.Routing;

public sealed class RequestOriginTests
{
    [Theory]
    [InlineData("http", "localhost:8787", "", "http://localhost:8787")]
    [InlineData("https", "example.org", "/kinora", "https://example.org/kinora")]
    public void Links_begin_with_what_the_client_used(string scheme, string host, string pathBase, string expected)
    {
        Assert.Equal(expected, RequestOrigin.Read(Request(scheme, host, pathBase), trustForwarded: false));
    }

    [Theory]
    [InlineData("https", "video.example.org", "/kinora", "https://video.example.org/kinora")]
    [InlineData("https", "video.example.org:8443", "", "https://video.example.org:8443")]
    [InlineData("https, http", "outer.example.org, inner", "/a/", "https://outer.example.org/a")]
    [InlineData("", "", "", "http://localhost:8787")]
    // Whatever is no scheme, host or prefix is not believed.
    [InlineData("javascript", "a b", "//evil.example", "http://localhost:8787")]
    [InlineData("https", "user@evil.example", "no-slash", "https://localhost:8787")]
    [InlineData("https", "evil.example/path", "/p?q=1", "https://localhost:8787")]
    public void Forwarded_headers_count_when_they_are_trusted(string proto, string host, string prefix, string expected)
    {
        var request = Request("http", "localhost:8787", "");
        request.Headers["X-Forwarded-Proto"] = proto;
        request.Headers["X-Forwarded-Host"] = host;
        request.Headers["X-Forwarded-Prefix"] = prefix;

        Assert.Equal(expected, RequestOrigin.Read(request, trustForwarded: true));
        Assert.Equal("http://localhost:8787", RequestOrigin.Read(request, trustForwarded: false));
    }

    private static HttpRequest Request(string scheme, string host, string pathBase)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = scheme;
        request.Host = new HostString(host);
        request.PathBase = pathBase;
        return request;
    }
}
