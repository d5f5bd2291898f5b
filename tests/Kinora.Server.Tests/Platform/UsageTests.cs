using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Jobs.Keys;
using Kinora.Server.Tests.Api;
using static Kinora.Server.Tests.Platform.PlatformAccessTests;

namespace Kinora.Server.Tests.Platform;

/// <summary>What was used, what it would have cost, and how it went.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task Usage_is_summed_by_bucket_endpoint_and_price()
    {
        await using var server = await ApiServer.StartAsync();
        await CompleteAsync(server, 5, 0.112m);
        await CompleteAsync(server, 7, 0.112m);
        await CompleteAsync(server, 3, 0.14m);

        var answer = (await server.SendAsync("GET", "/v1/models/usage?timeframe=day&expand=time_series,summary")).Json;

        var bucket = Assert.Single(answer["time_series"]!.AsArray())!;
        Assert.EndsWith("T00:00:00+00:00", (string?)bucket["bucket"]);
        Assert.Equal([(12m, 0.112m, 1.344m, 2), (3m, 0.14m, 0.42m, 1)], bucket["results"]!.AsArray().Select(Read));
        Assert.Equal([(12m, 0.112m, 1.344m, 2), (3m, 0.14m, 0.42m, 1)], answer["summary"]!.AsArray().Select(Read));
        Assert.Equal((ApiServer.Turbo, "seconds", "USD"), ((string?)bucket["results"]![0]!["endpoint_id"], (string?)bucket["results"]![0]!["unit"], (string?)bucket["results"]![0]!["currency"]));
        Assert.Null(bucket["results"]![0]!["auth_method"]);
    }

    [Fact]
    public async Task Usage_can_be_told_apart_by_key()
    {
        await using var server = await ApiServer.StartAsync();
        var (_, api) = await server.CreateKeyAsync();
        var (_, admin) = await server.CreateKeyAsync(scope: ApiKeyScope.Admin);
        await CompleteAsync(server, 5, 0.1m, ("Authorization", api));
        await CompleteAsync(server, 6, 0.1m, ("Authorization", admin));

        var together = (await server.SendAsync("GET", "/v1/models/usage?expand=summary", (string?)null, ("Authorization", admin))).Json;
        var apart = (await server.SendAsync("GET", "/v1/models/usage?expand=summary,auth_method", (string?)null, ("Authorization", admin))).Json;

        Assert.Equal(11m, (decimal)Assert.Single(together["summary"]!.AsArray())!["quantity"]!);
        Assert.Null(together["time_series"]);
        Assert.Equal(["test", "test"], apart["summary"]!.AsArray().Select(result => (string)result!["auth_method"]!));
        Assert.Equal([5m, 6m], apart["summary"]!.AsArray().Select(result => (decimal)result!["quantity"]!).Order());
    }

    [Theory]
    [InlineData("start=2020-01-01&end=2020-02-01", 0)]
    [InlineData("endpoint_id=" + ApiServer.Standard, 0)]
    [InlineData("endpoint_id=" + ApiServer.Turbo, 1)]
    [InlineData("timezone=Europe/Berlin&timeframe=month", 1)]
    [InlineData("timeframe=week&bound_to_timeframe=true", 1)]
    [InlineData("timeframe=minute", 1)]
    public async Task Only_what_was_asked_for_is_counted(string query, int buckets)
    {
        await using var server = await ApiServer.StartAsync();
        await CompleteAsync(server, 5, 0.1m);

        Assert.Equal(buckets, (await server.SendAsync("GET", "/v1/models/usage?" + query)).Json["time_series"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("usage", "start=yesterday")]
    [InlineData("usage", "start=2026-13-01")]
    [InlineData("usage", "start=0001-01-01")]
    [InlineData("usage", "start=2026-02-01&end=2026-01-01")]
    [InlineData("usage", "start=2010-01-01")]
    [InlineData("usage", "timezone=Mars/Olympus")]
    [InlineData("usage", "timezone=../../etc/passwd")]
    [InlineData("usage", "timeframe=decade")]
    [InlineData("usage", "bound_to_timeframe=maybe")]
    [InlineData("usage", "cursor=bW9kZWxzOjE")]
    [InlineData("analytics", "expand=p51_duration")]
    [InlineData("analytics", "limit=1001")]
    [InlineData("billing-events", "cursor=x")]
    [InlineData("requests/by-endpoint", "limit=1")]
    [InlineData("requests/by-endpoint", "endpoint_id=a&expand=secrets")]
    public async Task A_malformed_parameter_is_a_clear_error(string route, string query)
    {
        await using var server = await ApiServer.StartAsync();

        AssertError(await server.SendAsync("GET", $"/v1/models/{route}?{query}"), 400, "validation_error");
    }

    [Fact]
    public async Task Analytics_count_ends_and_measure_durations()
    {
        await using var server = await ApiServer.StartAsync();
        await CompleteAsync(server, 5, 0.1m);
        await server.SubmitAsync();
        await server.FailAsync(await server.ClaimAsync(), new JobFailure(JobFailureKind.InvalidInput, "no", CanRetry: false));
        await server.SubmitAsync();
        await server.FailAsync(await server.ClaimAsync(), new JobFailure(JobFailureKind.EngineFault, "oh", CanRetry: false));
        await server.Jobs.RequestCancelAsync(await server.SubmitAsync(), default);

        var answer = (await server.SendAsync("GET", "/v1/models/analytics?expand=summary")).Json;

        var result = Assert.Single(answer["summary"]!.AsArray())!;
        Assert.Equal((4, 1, 2, 1), ((int)result["request_count"]!, (int)result["success_count"]!, (int)result["user_error_count"]!, (int)result["error_count"]!));
        Assert.All(["p50_duration", "p90_duration", "p50_prepare_duration"], metric => Assert.InRange((double)result[metric]!, 0, 60));
        Assert.True((double)result["p50_duration"]! <= (double)result["p90_duration"]!);
        var chosen = (await server.SendAsync("GET", "/v1/models/analytics?expand=request_count,p90_duration")).Json["time_series"]![0]!["results"]![0]!;
        Assert.Equal(["endpoint_id", "request_count", "p90_duration"], chosen.AsObject().Select(property => property.Key));
    }

    [Fact]
    public async Task Billing_events_come_newest_first_in_pages()
    {
        await using var server = await ApiServer.StartAsync();
        for (var seconds = 1; seconds <= 3; seconds++)
            await CompleteAsync(server, seconds, 0.112m);

        var first = (await server.SendAsync("GET", "/v1/models/billing-events?limit=2")).Json;
        await CompleteAsync(server, 4, 0.112m);
        var second = (await server.SendAsync("GET", "/v1/models/billing-events?limit=2&cursor=" + first["next_cursor"])).Json;

        Assert.Equal([3m, 2m, 1m], first["billing_events"]!.AsArray().Concat(second["billing_events"]!.AsArray()).Select(usage => (decimal)usage!["output_units"]!));
        Assert.Equal((true, false), ((bool)first["has_more"]!, (bool)second["has_more"]!));
        Assert.Equal((0.336m, "USD", ApiServer.Turbo), ((decimal)first["billing_events"]![0]!["cost"]!, (string?)first["billing_events"]![0]!["currency"], (string?)first["billing_events"]![0]!["endpoint_id"]));
    }

    private static async Task CompleteAsync(ApiServer server, decimal units, decimal unitPrice, params (string Name, string Value)[] headers)
    {
        await server.SubmitAsync(headers: headers);
        await server.CompleteAsync(await server.ClaimAsync(), units: units, unitPrice: unitPrice);
    }

    private static (decimal Quantity, decimal Price, decimal Cost, int Requests) Read(JsonNode? result) =>
        ((decimal)result!["quantity"]!, (decimal)result["unit_price"]!, (decimal)result["cost"]!, int.Parse(result["request_count"]!.ToString(), CultureInfo.InvariantCulture));
}
