using Kinora.Server.Api.Routing;

namespace Kinora.Server.Tests.Api.Routing;

public sealed class RequestPathTests
{
    [Theory]
    [InlineData("localhost:8787", "/queue/fal-ai/kling-video", ProtocolHost.Queue, "/queue", "/fal-ai/kling-video")]
    [InlineData("localhost:8787", "/fal-ai/kling-video", ProtocolHost.Run, "", "/fal-ai/kling-video")]
    [InlineData("queue.fal.run", "/fal-ai/kling-video", ProtocolHost.Queue, "", "/fal-ai/kling-video")]
    [InlineData("QUEUE.run.example.org:8443", "/fal-ai/kling-video", ProtocolHost.Queue, "", "/fal-ai/kling-video")]
    [InlineData("queue.fal.run", "/queue/fal-ai/kling-video", ProtocolHost.Queue, "/queue", "/fal-ai/kling-video")]
    [InlineData("fal.run", "/fal-ai/kling-video", ProtocolHost.Run, "", "/fal-ai/kling-video")]
    [InlineData("queues.example.org", "/fal-ai/kling-video", ProtocolHost.Run, "", "/fal-ai/kling-video")]
    [InlineData("localhost", "/queued/kling-video", ProtocolHost.Run, "", "/queued/kling-video")]
    [InlineData("localhost", "/queue", ProtocolHost.Run, "", "/queue")]
    [InlineData("localhost", "/", ProtocolHost.Run, "", "/")]
    internal void The_queue_is_a_path_prefix_or_a_host_name(string host, string path, ProtocolHost meant, string prefix, string rest)
    {
        Assert.Equal(new RequestPath(meant, prefix, rest), RequestPath.Read(host, path));
    }
}
