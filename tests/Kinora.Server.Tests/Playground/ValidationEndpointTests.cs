using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Playground;

public sealed class ValidationEndpointTests
{
    private const string Path = "/v1/kinora/validation?endpoint_id=" + ApiServer.Standard;

    [Fact]
    public async Task A_good_input_is_told_its_cost()
    {
        await using var server = await PlaygroundServer.StartAsync();

        var answer = (await server.SendAsync("POST", Path, """{"prompt":"x","start_image_url":"https://example.org/a.png","duration":"10","generate_audio":false}""")).Json;

        Assert.Empty(answer["detail"]!.AsArray());
        Assert.Equal((10m, 0.84m), ((decimal)answer["cost"]!["seconds"]!, (decimal)answer["cost"]!["total"]!));
    }

    [Fact]
    public async Task A_bad_input_is_told_what_a_run_would_say()
    {
        await using var server = await PlaygroundServer.StartAsync();

        var answer = (await server.SendAsync("POST", Path, """{"prompt":"x","cfg_scale":7}""")).Json;
        var run = (await server.SendAsync("POST", "/" + ApiServer.Standard, """{"prompt":"x","cfg_scale":7}""")).Json;

        Assert.Null(answer["cost"]);
        Assert.Equal(run["detail"]!.ToJsonString(), answer["detail"]!.ToJsonString());
    }

    [Fact]
    public async Task An_unknown_endpoint_is_404()
    {
        await using var server = await PlaygroundServer.StartAsync();

        Assert.Equal(404, (await server.SendAsync("POST", "/v1/kinora/validation?endpoint_id=fal-ai/none", "{}")).Code);
    }
}
