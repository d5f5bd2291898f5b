using Kinora.Jobs.Keys;
using Kinora.Server.Faults;
using Kinora.Server.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Tests.Faults;

/// <summary>Faults that an admin sets for programs that cannot send a header.</summary>
public sealed class StandingFaultsTests(FaultyServer server) : IClassFixture<FaultyServer>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => Assert.Equal(200, (await server.SendAsync("DELETE", "/kinora/faults")).Code);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_stands_for_everyone_holds_for_a_submit_without_a_header()
    {
        var set = await server.SendAsync("PUT", "/kinora/faults/everyone", """{"fault":"instant, fail=content_policy_violation, result=500"}""");
        Assert.Equal((200, """{"faults":{"everyone":"instant, fail=content_policy_violation, result=500"}}"""), (set.Code, set.Body));

        var path = await SubmitPlainlyAsync();
        await server.WaitUntilOverAsync(path);
        Assert.Equal(500, (await server.SendAsync("GET", path)).Code);
        Assert.Contains("content_policy_violation", (await server.SendAsync("GET", path)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_wins_over_what_stands()
    {
        await server.SendAsync("PUT", "/kinora/faults/everyone", """{"fault":"fail=internal_error"}""");
        Assert.Null((await server.WaitUntilOverAsync(await server.SubmitAsync("instant")))["error"]);
    }

    [Fact]
    public async Task What_stands_for_an_owner_wins_over_what_stands_for_everyone()
    {
        await server.SendAsync("PUT", "/kinora/faults/everyone", """{"fault":"fail=internal_error"}""");
        await server.SendAsync("PUT", "/kinora/faults/local", """{"fault":"instant"}""");
        Assert.Null((await server.WaitUntilOverAsync(await SubmitPlainlyAsync()))["error"]);

        Assert.Equal("""{"faults":{"everyone":"fail=internal_error"}}""", (await server.SendAsync("DELETE", "/kinora/faults/local")).Body);
        Assert.Equal("internal_error", (string?)(await server.WaitUntilOverAsync(await SubmitPlainlyAsync()))["error_type"]);
    }

    [Fact]
    public async Task Submits_fail_as_often_as_was_asked()
    {
        await server.SendAsync("PUT", "/kinora/faults/everyone", """{"fault":"instant, submit=503x2"}""");
        foreach (var expected in (int[])[503, 503, 200, 503])
            Assert.Equal(expected, (await TrySubmitPlainlyAsync()).Code);
    }

    [Fact]
    public async Task Cleared_they_are_gone()
    {
        await server.SendAsync("PUT", "/kinora/faults/everyone", """{"fault":"submit=503"}""");
        Assert.Equal("""{"faults":{}}""", (await server.SendAsync("DELETE", "/kinora/faults/everyone")).Body);
        Assert.Equal("""{"faults":{}}""", (await server.SendAsync("GET", "/kinora/faults")).Body);
        Assert.Equal(200, (await TrySubmitPlainlyAsync()).Code);
    }

    [Theory]
    [InlineData("""{"fault":"panic"}""", "is no fault")]
    [InlineData("""{"fault":7}""", "JSON object")]
    [InlineData("""{}""", "JSON object")]
    [InlineData("[]", "JSON object")]
    [InlineData("instant", "JSON object")]
    [InlineData("", "JSON object")]
    [InlineData("""{"fault":"\ud800"}""", "JSON object")]
    public async Task What_cannot_be_understood_is_400_and_changes_nothing(string body, string sentence)
    {
        var answer = await server.SendAsync("PUT", "/kinora/faults/everyone", body);
        Assert.Equal(400, answer.Code);
        Assert.Contains(sentence, (string?)answer.Json["detail"], StringComparison.Ordinal);
        Assert.Equal("""{"faults":{}}""", (await server.SendAsync("GET", "/kinora/faults")).Body);
    }

    [Fact]
    public async Task A_name_that_is_nobodys_is_404()
    {
        Assert.Equal(404, (await server.SendAsync("PUT", "/kinora/faults/k-unknown", """{"fault":"instant"}""")).Code);
        Assert.Equal(405, (await server.SendAsync("POST", "/kinora/faults", "{}")).Code);
        Assert.Equal("PUT, DELETE", (await server.SendAsync("GET", "/kinora/faults/everyone")).Header("Allow"));
    }

    [Fact]
    public async Task Only_admin_keys_may_and_only_where_faults_are_enabled()
    {
        await using var keyed = await ApiServer.StartAsync(services: services => services.AddSingleton(new FaultOptions(Enabled: true, AllInstant: false)));
        var (keyId, api) = await keyed.CreateKeyAsync();
        var (_, admin) = await keyed.CreateKeyAsync(scope: ApiKeyScope.Admin);

        Assert.Equal(401, (await keyed.SendAsync("GET", "/kinora/faults")).Code);
        Assert.Equal(403, (await keyed.SendAsync("GET", "/kinora/faults", (string?)null, ("Authorization", api))).Code);
        Assert.Equal(403, (await keyed.SendAsync("PUT", $"/kinora/faults/{keyId}", """{"fault":"submit=500"}""", ("Authorization", api))).Code);
        Assert.Equal(200, (await keyed.SendAsync("PUT", $"/kinora/faults/{keyId}", """{"fault":"submit=500"}""", ("Authorization", admin))).Code);
        Assert.Equal(500, (await keyed.SendAsync("POST", $"/queue/{ApiServer.Turbo}", ApiServer.GoodInput, ("Authorization", api))).Code);
        Assert.Equal(200, (await keyed.SendAsync("POST", $"/queue/{ApiServer.Turbo}", ApiServer.GoodInput, ("Authorization", admin))).Code);

        await using var plain = await ApiServer.StartAsync();
        var answer = await plain.SendAsync("GET", "/kinora/faults");
        Assert.Equal(404, answer.Code);
        Assert.Contains("--faults", (string?)answer.Json["detail"], StringComparison.Ordinal);
    }

    private Task<Answer> TrySubmitPlainlyAsync() => server.SendAsync("POST", $"/queue/{FaultyServer.Endpoint}", """{"image_url":"https://nowhere.invalid/a.png","prompt":"x","duration":"3"}""");

    private async Task<string> SubmitPlainlyAsync()
    {
        var answer = await TrySubmitPlainlyAsync();
        Assert.Equal(200, answer.Code);
        return "/queue/fal-ai/kling-video/requests/" + answer.Json["request_id"]!.GetValue<string>();
    }
}
