using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Keys;
using Kinora.Server.Engines;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Playground;

public sealed class HistoryEndpointTests
{
    [Fact]
    public async Task Requests_in_every_state_are_listed_and_filtered()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var completed = await server.SubmitAsync("""{"prompt":"A Fox runs","image_url":"https://example.org/a.png"}""");
        await server.CompleteAsync(await server.ClaimAsync());
        var failed = await server.SubmitAsync("""{"multi_prompt":[{"prompt":"first"},{"prompt":"the fox again"}]}""", ApiServer.Standard);
        await server.FailAsync(await server.ClaimAsync(), new JobFailure(JobFailureKind.InvalidInput, "no", CanRetry: false));
        var queued = await server.SubmitAsync();

        Assert.Equal([queued, failed, completed], await IdsAsync(server, ""));
        Assert.Equal([failed, completed], await IdsAsync(server, "?q=FOX"));
        Assert.Equal([failed], await IdsAsync(server, "?endpoint_id=" + ApiServer.Standard));
        Assert.Equal([queued, completed], await IdsAsync(server, "?state=completed,queued"));
        Assert.Empty(await IdsAsync(server, "?to=2020-01-01T00:00:00Z"));
        Assert.Equal([queued, failed, completed], await IdsAsync(server, "?from=2020-01-01T00:00:00Z"));

        var list = (await server.SendAsync("GET", "/v1/kinora/requests")).Json["requests"]!.AsArray();
        Assert.Equal($"http://{server.Authority}/files/b/0123/out.mp4", (string?)list[2]!["output"]!["video"]!["url"]);
        Assert.Equal(("A Fox runs", "completed", "invalid_input"), ((string)list[2]!["prompt"]!, (string)list[2]!["state"]!, (string)list[1]!["failure"]!));
    }

    [Theory]
    [InlineData("?state=over")]
    [InlineData("?from=yesterday")]
    [InlineData("?limit=0")]
    [InlineData("?cursor=abc")]
    public async Task What_cannot_be_understood_is_refused(string query)
    {
        await using var server = await PlaygroundServer.StartAsync();

        Assert.Equal(400, (await server.SendAsync("GET", "/v1/kinora/requests" + query)).Code);
    }

    [Fact]
    public async Task Pages_follow_their_cursor()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++) ids.Insert(0, await server.SubmitAsync());

        var first = await server.SendAsync("GET", "/v1/kinora/requests?limit=2");
        var second = await server.SendAsync("GET", $"/v1/kinora/requests?limit=2&cursor={first.Json["next_cursor"]}");

        Assert.Equal((true, false), ((bool)first.Json["has_more"]!, (bool)second.Json["has_more"]!));
        Assert.Equal(ids, Ids(first.Json).Concat(Ids(second.Json)));
    }

    [Fact]
    public async Task A_key_sees_its_own_requests_and_an_admin_key_everyones()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (_, mine) = await server.CreateKeyAsync();
        var (_, others) = await server.CreateKeyAsync();
        var (_, admin) = await server.CreateKeyAsync(scope: ApiKeyScope.Admin);
        var id = await server.SubmitAsync(headers: ("Authorization", others));

        async Task<(int List, int Detail, int Preview)> SeeAsync(string header) => (
            Ids((await server.SendAsync("GET", "/v1/kinora/requests", (string?)null, ("Authorization", header))).Json).Count(),
            (await server.SendAsync("GET", $"/v1/kinora/requests/{id}", (string?)null, ("Authorization", header))).Code,
            (await server.SendAsync("GET", $"/v1/kinora/requests/{id}/preview", (string?)null, ("Authorization", header))).Code);

        server.Get<PreviewBoard>().Put(id, [1, 2, 3]);
        Assert.Equal((0, 404, 404), await SeeAsync(mine));
        Assert.Equal((1, 200, 200), await SeeAsync(others));
        Assert.Equal((1, 200, 200), await SeeAsync(admin));
        Assert.Equal(401, (await server.SendAsync("GET", "/v1/kinora/requests")).Code);
    }

    [Fact]
    public async Task A_request_tells_its_input_plan_log_cost_and_the_day_of_its_deletion()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var id = await server.SubmitAsync();
        var job = await server.ClaimAsync();
        await server.LogAsync(job, "fetching 0%", "shot 1: frames 0-95, full", "  camera: pan left", "sound: wind", "rendering 10%, 3 s left");
        await server.CompleteAsync(job, units: 5);

        var detail = (await server.SendAsync("GET", $"/v1/kinora/requests/{id}")).Json;

        Assert.Equal("https://example.org/a.png", (string?)detail["input"]!["image_url"]);
        Assert.Equal(["shot 1: frames 0-95, full", "  camera: pan left", "sound: wind"], detail["plan"]!.AsArray().Select(line => (string)line!));
        Assert.Equal(5, detail["log"]!.AsArray().Count);
        Assert.Equal(5 * 0.112m, (decimal)detail["cost"]!["total"]!);
        Assert.Equal(TimeSpan.FromDays(30), (DateTimeOffset)detail["expires_at"]! - (DateTimeOffset)detail["ended_at"]!);
        Assert.Null(detail["webhook"]);
    }

    [Fact]
    public async Task A_failed_request_tells_every_reason_with_its_place()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var id = await server.SubmitAsync("no json");
        await server.FailAsync(await server.ClaimAsync(), new JobFailure(JobFailureKind.InvalidInput, "no", CanRetry: false, """[{"loc":["body","prompt"],"msg":"too long","type":"x"}]"""));

        var detail = (await server.SendAsync("GET", $"/v1/kinora/requests/{id}")).Json;

        Assert.Equal((422, "too long", "no json"), ((int)detail["error"]!["status_code"]!, (string)detail["error"]!["detail"]![0]!["msg"]!, (string)detail["input"]!));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task An_unknown_request_is_404(string id)
    {
        await using var server = await PlaygroundServer.StartAsync();

        Assert.Equal(404, (await server.SendAsync("GET", $"/v1/kinora/requests/{id}")).Code);
        Assert.Equal(404, (await server.SendAsync("GET", $"/v1/kinora/requests/{id}/preview")).Code);
    }

    [Fact]
    public async Task Erased_requests_are_listed_as_erased_and_no_longer_found_by_words()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var id = await server.SubmitAsync("""{"prompt":"secret","image_url":"https://example.org/a.png"}""");
        await server.CompleteAsync(await server.ClaimAsync());
        await server.SendAsync("DELETE", $"/v1/models/requests/{id}/payloads");

        Assert.True((bool)(await server.SendAsync("GET", "/v1/kinora/requests")).Json["requests"]![0]!["erased"]!);
        Assert.Empty(await IdsAsync(server, "?q=secret"));
        Assert.Null((await server.SendAsync("GET", $"/v1/kinora/requests/{id}")).Json["input"]);
    }

    private static async Task<IEnumerable<Guid>> IdsAsync(ApiServer server, string query) => Ids((await server.SendAsync("GET", "/v1/kinora/requests" + query)).Json);

    private static IEnumerable<Guid> Ids(JsonNode list) => list["requests"]!.AsArray().Select(item => (Guid)item!["request_id"]!);
}
