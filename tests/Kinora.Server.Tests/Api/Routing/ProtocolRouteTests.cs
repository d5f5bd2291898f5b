using Kinora.Server.Api.Routing;

namespace Kinora.Server.Tests.Api.Routing;

public sealed class ProtocolRouteTests
{
    private const string Id = "764cabcf-b745-4b3e-ae38-1200304cf45b";

    [Theory]
    // Rule 1: by application only, as both clients rebuild it.
    [InlineData($"/fal-ai/kling-video/requests/{Id}", ProtocolOperation.Result, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/status", ProtocolOperation.Status, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/status/stream", ProtocolOperation.StatusStream, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/cancel", ProtocolOperation.Cancel, "")]
    // Rule 1: by the full path, as the OpenAPI documents say it.
    [InlineData($"/fal-ai/kling-video/v3/standard/image-to-video/requests/{Id}", ProtocolOperation.Result, "v3/standard/image-to-video")]
    [InlineData($"/fal-ai/kling-video/v3/standard/image-to-video/requests/{Id}/status", ProtocolOperation.Status, "v3/standard/image-to-video")]
    [InlineData($"/fal-ai/kling-video/o3/standard/image-to-video/requests/{Id}/cancel", ProtocolOperation.Cancel, "o3/standard/image-to-video")]
    // The alias of the documentation's examples, and trailing slashes.
    [InlineData($"/fal-ai/kling-video/requests/{Id}/response", ProtocolOperation.Result, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/response/", ProtocolOperation.Result, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/", ProtocolOperation.Result, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/status/", ProtocolOperation.Status, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/status/stream/", ProtocolOperation.StatusStream, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/cancel/", ProtocolOperation.Cancel, "")]
    // What does not exist below a request.
    [InlineData($"/fal-ai/kling-video/requests/{Id}/logs", ProtocolOperation.Unknown, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/STATUS", ProtocolOperation.Unknown, "")]
    [InlineData($"/fal-ai/kling-video/requests/{Id}/status/stream/more", ProtocolOperation.Unknown, "")]
    internal void A_path_with_requests_and_an_id_is_a_request_operation(string path, ProtocolOperation operation, string subpath)
    {
        Assert.True(ProtocolRoute.TryParse(path, ProtocolHost.Queue, out var route));
        Assert.Equal(new ProtocolRoute(operation, "fal-ai/kling-video", subpath, Id), route);
    }

    [Theory]
    [InlineData("/fal-ai/kling-video/v3/turbo/standard/image-to-video", "fal-ai/kling-video", "fal-ai/kling-video/v3/turbo/standard/image-to-video")]
    [InlineData("/fal-ai/kling-video/v3/turbo/standard/image-to-video/", "fal-ai/kling-video", "fal-ai/kling-video/v3/turbo/standard/image-to-video")]
    [InlineData("/fal-ai/fast-sdxl", "fal-ai/fast-sdxl", "fal-ai/fast-sdxl")]
    [InlineData("/workflows/owner/alias/part", "workflows/owner/alias", "workflows/owner/alias/part")]
    [InlineData("/comfy/owner/alias", "comfy/owner/alias", "comfy/owner/alias")]
    [InlineData("/fal-ai/kling-video/requests", "fal-ai/kling-video", "fal-ai/kling-video/requests")]
    internal void Every_other_path_names_an_endpoint(string path, string application, string endpoint)
    {
        Assert.True(ProtocolRoute.TryParse(path, ProtocolHost.Run, out var route));
        Assert.Equal((ProtocolOperation.Invoke, application, endpoint), (route.Operation, route.Application, route.Endpoint));
    }

    [Theory]
    [InlineData(ProtocolHost.Run, ProtocolOperation.InvokeStream, "fal-ai/kling-video/v3/standard/image-to-video")]
    [InlineData(ProtocolHost.Queue, ProtocolOperation.Invoke, "fal-ai/kling-video/v3/standard/image-to-video/stream")]
    internal void Outputs_are_streamed_from_the_run_host_only(ProtocolHost host, ProtocolOperation operation, string endpoint)
    {
        Assert.True(ProtocolRoute.TryParse("/fal-ai/kling-video/v3/standard/image-to-video/stream", host, out var route));
        Assert.Equal((operation, endpoint), (route.Operation, route.Endpoint));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/fal-ai")]
    [InlineData("/fal-ai/")]
    [InlineData("//fal-ai/kling-video")]
    [InlineData("/fal-ai//kling-video")]
    [InlineData("/fal-ai/kling-video//v3")]
    [InlineData("/fal-ai/kling-video//")]
    [InlineData("/workflows/owner")]
    internal void A_path_without_an_application_is_none(string path)
    {
        Assert.False(ProtocolRoute.TryParse(path, ProtocolHost.Run, out _));
    }

    [Theory]
    [InlineData("fal-ai/kling-video/v3/standard/image-to-video", true)]
    [InlineData("fal-ai/kling-video", true)]
    [InlineData("fal-ai/kling-video-2/v3", false)]
    [InlineData("fal-ai/kling", false)]
    [InlineData("other/kling-video/v3", false)]
    internal void A_request_path_speaks_of_its_own_application_only(string endpoint, bool isCovered)
    {
        Assert.True(ProtocolRoute.TryParse($"/fal-ai/kling-video/requests/{Id}", ProtocolHost.Queue, out var route));
        Assert.Equal(isCovered, route.Covers(endpoint));
    }
}
