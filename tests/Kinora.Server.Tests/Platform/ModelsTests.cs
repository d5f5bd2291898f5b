using System.Text.Json.Nodes;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Tests.Api;
using Kinora.Server.Tests.Documents;
using static Kinora.Server.Tests.Platform.PlatformAccessTests;

namespace Kinora.Server.Tests.Platform;

/// <summary>The catalogue and its prices.</summary>
public sealed class ModelsTests
{
    private static readonly string[] s_all = [.. KlingEndpoints.All.Select(endpoint => endpoint.Id)];

    [Fact]
    public async Task The_catalogue_is_there_whole()
    {
        await using var server = await ApiServer.StartAsync();

        var answer = (await server.SendAsync("GET", "/v1/models")).Json;

        Assert.Equal(s_all, Ids(answer, "models"));
        Assert.Equal((null, false), ((string?)answer["next_cursor"], (bool)answer["has_more"]!));
        var metadata = answer["models"]![0]!["metadata"]!;
        Assert.Equal(("image-to-video", "active", "inference"), ((string?)metadata["category"], (string?)metadata["status"], (string?)metadata["kind"]));
        Assert.Equal($"http://{server.Authority}/{ApiServer.Standard}", (string?)metadata["model_url"]);
        Assert.Null(answer["models"]![0]!["openapi"]);
    }

    [Theory]
    [InlineData("q=turbo", 2)]
    [InlineData("q=TURBO%201080p", 1)]
    [InlineData("q=storyboard", 8)]
    [InlineData("q=flux", 0)]
    [InlineData("category=image-to-video", 8)]
    [InlineData("category=text-to-video", 0)]
    [InlineData("status=deprecated", 0)]
    [InlineData("status=active&q=o3", 3)]
    [InlineData("endpoint_id=" + ApiServer.Turbo + "," + ApiServer.Standard, 2)]
    [InlineData("endpoint_id=" + ApiServer.Turbo + "&endpoint_id=" + ApiServer.Turbo, 1)]
    public async Task It_can_be_searched_and_filtered(string query, int count)
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(count, (await server.SendAsync("GET", "/v1/models?" + query)).Json["models"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("models", "models")]
    [InlineData("models/pricing", "prices")]
    public async Task Pages_follow_one_another(string route, string list)
    {
        await using var server = await ApiServer.StartAsync();
        var (seen, query) = (new List<string>(), "?limit=3");
        for (var pages = 1; ; pages++)
        {
            var page = (await server.SendAsync("GET", $"/v1/{route}{query}")).Json;
            seen.AddRange(Ids(page, list));
            Assert.Equal(pages < 3, (bool)page["has_more"]!);
            if (page["next_cursor"] is not { } next)
                break;
            query = "?limit=3&cursor=" + next;
        }

        Assert.Equal(s_all, seen);
    }

    [Theory]
    [InlineData("cursor=Mg==")]
    [InlineData("cursor=%00")]
    [InlineData("cursor=a%27%20or%201=1")]
    [InlineData("cursor=bW9kZWxzOi0x")] // models:-1
    [InlineData("cursor=bW9kZWxzOjk5OTk5OTk5OTk")] // models:9999999999
    [InlineData("cursor=dXNhZ2U6MQ")] // usage:1
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=ten")]
    [InlineData("expand=everything")]
    [InlineData("status=secret")]
    public async Task A_malformed_parameter_is_a_clear_error(string query)
    {
        await using var server = await ApiServer.StartAsync();

        AssertError(await server.SendAsync("GET", "/v1/models?" + query), 400, "validation_error");
    }

    [Fact]
    public async Task An_unknown_id_is_named()
    {
        await using var server = await ApiServer.StartAsync();

        AssertError(await server.SendAsync("GET", "/v1/models?endpoint_id=nobody/nothing"), 404, "not_found", "This server has no endpoint nobody/nothing.");
        AssertError(await server.SendAsync("GET", "/v1/models/pricing?endpoint_id=" + new string('x', 5000)), 404, "not_found");
        AssertError(await server.SendAsync("GET", "/v1/models?endpoint_id=" + string.Join(',', Enumerable.Range(0, 51))), 400, "validation_error");
    }

    [Fact]
    public async Task Each_model_can_bring_its_OpenApi_document()
    {
        await using var server = await ApiServer.StartAsync();

        var model = (await server.SendAsync("GET", $"/v1/models?endpoint_id={ApiServer.Turbo}&expand=openapi-3.0,enterprise_status")).Json["models"]![0]!;

        Assert.Empty(OpenApiRules.FindFaults(model["openapi"]!.AsObject()));
        Assert.Equal("ready", (string?)model["enterprise_status"]);
    }

    [Fact]
    public async Task Prices_are_those_of_the_definitions()
    {
        await using var server = await ApiServer.StartAsync();

        var price = (await server.SendAsync("GET", "/v1/models/pricing?endpoint_id=" + ApiServer.Standard)).Json["prices"]![0]!;

        Assert.Equal((0.126m, "seconds", "USD"), ((decimal)price["unit_price"]!, (string?)price["unit"], (string?)price["currency"]));
        Assert.Equal((0.084m, 0.126m, 0.154m), ((decimal)price["x-kinora-unit-prices"]!["audio_off"]!, (decimal)price["x-kinora-unit-prices"]!["audio_on"]!, (decimal)price["x-kinora-unit-prices"]!["voice_control"]!));
    }

    [Fact]
    public async Task An_estimate_multiplies_units()
    {
        await using var server = await ApiServer.StartAsync();

        var estimate = await server.SendAsync(
            "POST", "/v1/models/pricing/estimate", Name("""{"estimate_type":"unit_price","endpoints":{"TURBO":{"unit_quantity":50},"STANDARD":{"unit_quantity":0.5}}}"""));

        Assert.Equal("""{"estimate_type":"unit_price","total_cost":5.6630,"currency":"USD"}""", estimate.Body);
    }

    [Fact]
    public async Task An_estimate_of_calls_goes_by_what_calls_were_worth()
    {
        await using var server = await ApiServer.StartAsync();
        var question = Name("""{"estimate_type":"historical_api_price","endpoints":{"TURBO":{"call_quantity":100}}}""");

        var before = (await server.SendAsync("POST", "/v1/models/pricing/estimate", question)).Json;
        await server.SubmitAsync();
        await server.CompleteAsync(await server.ClaimAsync(), units: 10, unitPrice: 0.112m);
        await server.SubmitAsync();
        await server.CompleteAsync(await server.ClaimAsync(), units: 4, unitPrice: 0.112m);
        var after = (await server.SendAsync("POST", "/v1/models/pricing/estimate", question)).Json;

        Assert.Equal(100 * 5 * 0.112m, (decimal)before["total_cost"]!);
        Assert.Equal(100 * 7 * 0.112m, (decimal)after["total_cost"]!);
    }

    [Theory]
    [InlineData("""{"endpoints":{}}""")]
    [InlineData("""{"estimate_type":"unit_price","endpoints":{}}""")]
    [InlineData("""{"estimate_type":"unit_price","endpoints":[]}""")]
    [InlineData("""{"estimate_type":"free","endpoints":{"TURBO":{"unit_quantity":1}}}""")]
    [InlineData("""{"estimate_type":"unit_price","endpoints":{"TURBO":{"call_quantity":1}}}""")]
    [InlineData("""{"estimate_type":"unit_price","endpoints":{"TURBO":{"unit_quantity":-1}}}""")]
    [InlineData("""{"estimate_type":"unit_price","endpoints":{"TURBO":{"unit_quantity":1e300}}}""")]
    [InlineData("""{"estimate_type":"unit_price","endpoints":{"TURBO":{"unit_quantity":"5"}}}""")]
    [InlineData("""{"estimate_type":"unit_price","endpoints":{"TURBO":null}}""")]
    public async Task An_estimate_of_nonsense_is_refused(string body)
    {
        await using var server = await ApiServer.StartAsync();

        AssertError(await server.SendAsync("POST", "/v1/models/pricing/estimate", Name(body)), 400, "validation_error");
    }

    private static string Name(string body) =>
        body.Replace("TURBO", ApiServer.Turbo, StringComparison.Ordinal).Replace("STANDARD", ApiServer.Standard, StringComparison.Ordinal);

    private static IEnumerable<string> Ids(JsonNode page, string list) => page[list]!.AsArray().Select(item => (string)item!["endpoint_id"]!);
}
