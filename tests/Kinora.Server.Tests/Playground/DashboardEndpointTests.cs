using Kinora.Jobs;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Playground;

public sealed class DashboardEndpointTests
{
    [Fact]
    public async Task The_last_day_is_summed_up()
    {
        await using var server = await PlaygroundServer.StartAsync();
        await server.SubmitAsync();
        await server.CompleteAsync(await server.ClaimAsync(), units: 5, unitPrice: 0.1m);
        await server.SubmitAsync();
        await server.FailAsync(await server.ClaimAsync(), new JobFailure(JobFailureKind.EngineFault, "no", CanRetry: false));
        await server.Jobs.RequestCancelAsync(await server.SubmitAsync(), default);

        var answer = (await server.SendAsync("GET", "/v1/kinora/dashboard")).Json;

        var sum = answer["sum"]!;
        Assert.Equal((1, 1, 1, 5m, 0.5m), ((int)sum["completed"]!, (int)sum["failed"]!, (int)sum["cancelled"]!, (decimal)sum["seconds"]!, (decimal)sum["cost"]!));
        Assert.InRange((double)sum["run_p95"]!, 0, 10);
        Assert.Equal(("engine_fault", 1), ((string)answer["failures"]![0]!["reason"]!, (int)answer["failures"]![0]!["count"]!));
        Assert.Equal("hour", (string?)answer["timeframe"]);
        Assert.Equal(3, answer["buckets"]!.AsArray().Sum(bucket => (int)bucket!["completed"]! + (int)bucket["failed"]! + (int)bucket["cancelled"]!));
    }

    [Fact]
    public async Task A_key_sees_its_own_numbers()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (_, mine) = await server.CreateKeyAsync();
        var (_, others) = await server.CreateKeyAsync();
        await server.SubmitAsync(headers: ("Authorization", others));
        await server.CompleteAsync(await server.ClaimAsync());
        await server.SubmitAsync(headers: ("Authorization", others));

        Assert.Equal(0, (int)(await server.SendAsync("GET", "/v1/kinora/dashboard", (string?)null, ("Authorization", mine))).Json["sum"]!["completed"]!);
        Assert.Equal(0, (int)(await server.SendAsync("GET", "/v1/kinora/now", (string?)null, ("Authorization", mine))).Json["queued"]!);
        Assert.Equal(1, (int)(await server.SendAsync("GET", "/v1/kinora/now", (string?)null, ("Authorization", others))).Json["queued"]!);
    }

    [Fact]
    public async Task The_moment_tells_what_waits_and_which_worker_runs_what()
    {
        await using var server = await PlaygroundServer.StartAsync(new JobWorkerOptions { Slots = 3 });
        var running = await server.SubmitAsync();
        await server.ClaimAsync();
        await server.SubmitAsync();

        var now = (await server.SendAsync("GET", "/v1/kinora/now")).Json;

        Assert.Equal((1, 3), ((int)now["queued"]!, (int)now["slots"]!));
        Assert.Equal((running, "test"), ((Guid)now["running"]![0]!["request_id"]!, (string)now["running"]![0]!["worker"]!));
    }
}
