using Kinora.Jobs.Keys;
using Kinora.Server.Tests.Api;
using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Limits;

/// <summary>What one key may ask of a server.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_full_queue_of_one_key_is_a_429_for_it_and_nobody_else()
    {
        await using var server = await StartAsync(options => options.MaxQueuedPerKey = 2);
        var (_, greedy) = await server.CreateKeyAsync();
        var (_, modest) = await server.CreateKeyAsync();
        for (var i = 0; i < 2; i++) await server.SubmitAsync(headers: ("Authorization", greedy));

        var refused = await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, ("Authorization", greedy));

        Assert.Equal((429, "1"), (refused.Code, refused.Header("X-Fal-Needs-Retry")));
        await server.SubmitAsync(headers: ("Authorization", modest));
        await server.ClaimAsync();
        await server.SubmitAsync(headers: ("Authorization", greedy));
    }

    [Fact]
    public async Task Of_many_submits_at_once_none_slips_past_the_limit()
    {
        await using var server = await StartAsync(options => options.MaxQueuedPerKey = 5);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => server.SendAsync("POST", $"/queue/{Turbo}", GoodInput)));
        Assert.Equal((5, 35), (answers.Count(answer => answer.Code == 200), answers.Count(answer => answer.Code == 429)));
    }

    [Fact]
    public async Task Synchronous_runs_above_a_keys_limit_are_told_to_come_back()
    {
        await using var server = await StartAsync(options => options.MaxRunsPerKey = 1);
        var first = server.SendAsync("POST", "/" + Turbo, GoodInput);
        var job = await server.ClaimAsync();

        var refused = await server.SendAsync("POST", "/" + Turbo, GoodInput);
        Assert.Equal((429, "1"), (refused.Code, refused.Header("X-Fal-Needs-Retry")));
        Assert.Equal("concurrent_requests_limit", refused.Json["error_type"]!.GetValue<string>());

        await server.CompleteAsync(job);
        Assert.Equal(200, (await first).Code);
        var second = server.SendAsync("POST", "/" + Turbo, GoodInput);
        await server.CompleteAsync(await server.ClaimAsync());
        Assert.Equal(200, (await second).Code);
    }

    [Fact]
    public async Task A_budget_holds_what_is_unfinished_counts_what_completed_and_refuses_before_the_queue()
    {
        await using var server = await StartAsync();
        var (keyId, header) = await server.CreateKeyAsync();

        // Turbo costs $0.112 a second, so five seconds $0.56.
        await server.Budgets.SetAsync(keyId, 1.2m, CancellationToken.None);
        await server.SubmitAsync(headers: ("Authorization", header));
        await server.SubmitAsync(headers: ("Authorization", header));
        Assert.Equal(new Budget(1.2m, 0, 1.12m), await server.Budgets.FindAsync(keyId, CancellationToken.None));
        var refused = await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, ("Authorization", header));
        Assert.Equal(403, refused.Code);
        Assert.StartsWith("User is locked. Reason: Exhausted balance.", refused.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(2, await server.Jobs.CountQueuedAsync(keyId, CancellationToken.None));

        // A completed one costs what it gave; a cancelled one gives back what was held.
        await server.CompleteAsync(await server.ClaimAsync(), units: 3);
        await server.Jobs.RequestCancelAsync((await server.ClaimAsync()).Id, CancellationToken.None);
        Assert.Equal(new Budget(1.2m, 0.336m, 0.56m), await server.Budgets.FindAsync(keyId, CancellationToken.None));
        Assert.Equal(403, (await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, ("Authorization", header))).Code);

        await server.Budgets.SetAsync(keyId, null, CancellationToken.None);
        await server.SubmitAsync(headers: ("Authorization", header));
    }

    [Fact]
    public async Task An_input_that_will_be_refused_costs_no_budget()
    {
        await using var server = await StartAsync();
        var (keyId, header) = await server.CreateKeyAsync();
        await server.Budgets.SetAsync(keyId, 0, CancellationToken.None);
        await server.SubmitAsync("{}", headers: ("Authorization", header));
    }

    [Theory]
    [InlineData("team=video, stage=ci", """{"team":"video","stage":"ci"}""")]
    [InlineData("""{"team":"video"}""", """{"team":"video"}""")]
    public async Task Tags_are_recorded_with_the_job(string header, string stored)
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync(headers: ("X-Fal-Tags", header));
        Assert.Equal(stored, (await server.Jobs.FindAsync(id, CancellationToken.None))!.Tags);
    }

    [Theory]
    [InlineData("team")]
    [InlineData("""{"team":1}""")]
    [InlineData("""{"team":""")]
    [InlineData("a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1")]
    public async Task Malformed_tags_are_a_400(string header)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, ("X-Fal-Tags", header));
        Assert.Equal(400, answer.Code);
        Assert.StartsWith("X-Fal-Tags", answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("/relative")]
    [InlineData("http://user:secret@example.org/")]
    [InlineData("")]
    public async Task A_webhook_url_of_a_bad_form_is_a_400(string url)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", $"/queue/{Turbo}?fal_webhook={Uri.EscapeDataString(url)}", GoodInput);
        Assert.Equal(400, answer.Code);
        Assert.StartsWith("fal_webhook", answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
