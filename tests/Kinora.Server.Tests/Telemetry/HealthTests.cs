using System.Reflection;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Limits;
using Kinora.Server.Tests.Api;
using Kinora.Server.Tests.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Tests.Telemetry;

public sealed class HealthTests
{
    [Fact]
    public async Task A_healthy_server_is_ready_and_says_what_it_looked_at()
    {
        await using var server = await ApiServer.StartAsync();
        var answer = await server.SendAsync("GET", "/readyz");
        Assert.Equal((200, """{"status":"ready","checks":{"database":"ok","storage":"ok","disk":"ok","queue":"running"}}"""), (answer.Code, answer.Body));
    }

    [Fact]
    public async Task It_turns_red_with_the_storage_and_green_again()
    {
        var clock = new MovedClock();
        await using var server = await ApiServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        var directory = server.DirectoryOf("blobs/temporary");
        Assert.Equal(200, (await server.SendAsync("GET", "/readyz")).Code);
        Directory.Delete(directory);
        clock.Move(TimeSpan.FromSeconds(5));

        var red = await server.SendAsync("GET", "/readyz");
        var metrics = await server.SendAsync("GET", "/metrics");
        Directory.CreateDirectory(directory);
        clock.Move(TimeSpan.FromSeconds(5));

        Assert.Equal(503, red.Code);
        Assert.Contains(directory, red.Body, StringComparison.Ordinal);
        Assert.Contains("\"database\":\"ok\"", red.Body, StringComparison.Ordinal);
        Assert.Contains("kinora_ready{check=\"storage\"} 0\n", metrics.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await server.SendAsync("GET", "/readyz")).Code);
        Assert.Equal(200, (await server.SendAsync("GET", "/healthz")).Code);
    }

    [Fact]
    public async Task Without_a_database_it_is_alive_and_not_ready()
    {
        await using var server = await ApiServer.StartAsync(services: services => services
            .AddSingleton(DispatchProxy.Create<IQueueLimitStore, Away>())
            .AddSingleton(DispatchProxy.Create<IApiKeyStore, Away>()));

        Assert.Equal(200, (await server.SendAsync("GET", "/healthz")).Code);
        var answer = await server.SendAsync("GET", "/readyz");
        Assert.Equal(503, answer.Code);
        Assert.Contains("\"database\":\"failing\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_keys_are_asked_for_metrics_and_reasons_are_the_administrators()
    {
        await using var server = await ApiServer.StartAsync();
        var (_, user) = await server.CreateKeyAsync();
        var (_, admin) = await server.CreateKeyAsync(scope: ApiKeyScope.Admin);
        await Task.Delay(300);

        Assert.Equal(401, (await server.SendAsync("GET", "/metrics")).Code);
        Assert.Equal(403, (await server.SendAsync("GET", "/metrics", (string?)null, ("Authorization", user))).Code);
        Assert.Equal(200, (await server.SendAsync("GET", "/metrics", (string?)null, ("Authorization", admin))).Code);
        Assert.Equal(200, (await server.SendAsync("GET", "/readyz")).Code);
        Directory.Delete(server.DirectoryOf("blobs/temporary"));
        await Task.Delay(2_100);
        Assert.Contains("\"storage\":\"failing\"", (await server.SendAsync("GET", "/readyz")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_is_told_and_is_no_fault()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Get<IQueueLimitStore>().SetAsync(QueueLimit.Pause, CancellationToken.None);

        var answer = await server.SendAsync("GET", "/readyz");
        Assert.Equal(200, answer.Code);
        Assert.Contains("\"queue\":\"paused\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\nkinora_queue_paused 1\n", (await server.SendAsync("GET", "/metrics")).Body, StringComparison.Ordinal);
    }

    /// <summary>A store whose database is away.</summary>
    public class Away : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new TimeoutException("The database is away.");
    }

    [Fact]
    public async Task Metrics_count_requests_and_the_queue()
    {
        await using var server = await ApiServer.StartAsync();
        await server.SubmitAsync();
        await server.SubmitAsync();

        var metrics = await server.SendAsync("GET", "/metrics");

        Assert.StartsWith("text/plain; version=0.0.4", metrics.ContentType, StringComparison.Ordinal);
        Assert.Contains("\nkinora_jobs_queued 2\n", metrics.Body, StringComparison.Ordinal);
        Assert.Contains("kinora_http_request_seconds_count{method=\"POST\",code=\"200\"} ", metrics.Body, StringComparison.Ordinal);
        Assert.Contains("# TYPE dotnet_process_memory_working_set_bytes gauge\n", metrics.Body, StringComparison.Ordinal);
    }
}
