using Kinora.Server.Api;
using Kinora.Server.Api.Routing;

namespace Kinora.Server.Tests.Api;

public sealed class ProxyTargetTests
{
    [Theory]
    [InlineData("https://fal.run/fal-ai/x", ProtocolHost.Run, "", "/fal-ai/x")]
    [InlineData("https://queue.fal.run/fal-ai/x?logs=1", ProtocolHost.Queue, "/queue", "/fal-ai/x")]
    [InlineData("https://rest.fal.ai/storage/upload/initiate?storage_type=gcs", ProtocolHost.Rest, "", "/storage/upload/initiate")]
    [InlineData("https://rest.alpha.fal.ai/tokens/", ProtocolHost.Rest, "", "/tokens/")]
    // A client whose own middleware has rewritten the URL already.
    [InlineData("http://localhost:8787/queue/fal-ai/x", ProtocolHost.Queue, "/queue", "/fal-ai/x")]
    [InlineData("http://localhost:8787/fal-ai/x", ProtocolHost.Run, "", "/fal-ai/x")]
    [InlineData("https://fal.run/a/%2e%2e/fal-ai/x%20y", ProtocolHost.Run, "", "/fal-ai/x y")]
    internal void The_header_names_a_host_and_a_path_on_it(string header, ProtocolHost host, string prefix, string path)
    {
        Assert.True(ProxyTarget.TryParse(header, "localhost:8787", out var target));
        Assert.Equal(new RequestPath(host, prefix, path), target.Path);
    }

    [Fact]
    public void The_query_string_is_the_headers_not_the_proxy_urls()
    {
        Assert.True(ProxyTarget.TryParse("https://queue.fal.run/fal-ai/x?fal_webhook=https%3A%2F%2Fme%2Fhook%3Fx%3D1%26y%3D2&logs=1", "localhost", out var target));
        Assert.Equal("https://me/hook?x=1&y=2", target.Query["fal_webhook"].ToString());
        Assert.Equal("1", target.Query["logs"].ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/fal-ai/x")]
    [InlineData("queue.fal.run/fal-ai/x")]
    [InlineData("https://evil.example/fal-ai/x")]
    [InlineData("https://fal.run.evil.example/fal-ai/x")]
    [InlineData("https://evil.example#fal.run")]
    [InlineData("https://fal.run@evil.example/")]
    [InlineData("https://user:secret@fal.run/fal-ai/x")]
    [InlineData("https://fal.run:8443/fal-ai/x")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://fal.run/fal-ai/x")]
    public void Any_other_target_is_refused(string? header)
    {
        Assert.False(ProxyTarget.TryParse(header, "localhost:8787", out _));
    }
}
