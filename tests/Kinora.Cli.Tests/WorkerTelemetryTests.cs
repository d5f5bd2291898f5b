using System.Net;
using System.Text.Json.Nodes;
using Kinora.Cli.Tests.Reliability;
using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests;

/// <summary>How a real <c>kinora worker</c> is watched: its health address and its log.</summary>
public sealed class WorkerTelemetryTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [MemberData(nameof(TestInstallation.Stores), MemberType = typeof(TestInstallation))]
    public async Task It_tells_health_and_metrics_at_an_address_of_their_own_and_nothing_else(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartFrontAsync();
        var worker = await installation.StartWorkerAsync("--health-url", "http://127.0.0.1:0", "--slots", "2");
        var health = await HealthOfAsync(worker);
        await front.WaitUntilOverAsync(await installation.SubmitAsync(front), s_patience);

        Assert.Equal("""{"status":"ok"}""", await front.Http.GetStringAsync(new Uri(health, "/healthz")));
        Assert.Equal("""{"status":"ready","checks":{"database":"ok","storage":"ok","disk":"ok","queue":"running"}}""", await front.Http.GetStringAsync(new Uri(health, "/readyz")));
        var metrics = await front.Http.GetStringAsync(new Uri(health, "/metrics"));
        Assert.Contains("""kinora_jobs_attempts_total{end="completed"} 1""", metrics, StringComparison.Ordinal);
        Assert.Contains("\nkinora_jobs_queued 0\n", metrics, StringComparison.Ordinal);
        using var other = await front.Http.GetAsync(new Uri(health, $"/queue/{TestInstallation.Endpoint}"));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Theory]
    [MemberData(nameof(TestInstallation.Stores), MemberType = typeof(TestInstallation))]
    public async Task It_turns_red_with_its_storage_and_its_log_tells_in_JSON_which_job_that_cost(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartServerAsync(["--slots", "0"], new Dictionary<string, string> { ["KINORA_MaxAttempts"] = "1" });
        var worker = await installation.StartWorkerAsync("--health-url", "http://127.0.0.1:0", "--log-format", "json");
        var health = await HealthOfAsync(worker);
        var temporary = Path.Combine(installation.DataPath, "blobs", "temporary");

        Directory.Delete(temporary);
        var id = await installation.SubmitAsync(front);
        Assert.NotNull((await front.WaitUntilOverAsync(id, s_patience))["error"]);
        Assert.Contains("\"storage\":\"Could not find", await WaitForReadinessAsync(front, health, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Directory.CreateDirectory(temporary);
        await WaitForReadinessAsync(front, health, HttpStatusCode.OK);

        var entries = worker.Lines.Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.All(entries, entry => Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(entry["Timestamp"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).Offset));
        var fault = Assert.Single(entries, entry => entry["Message"]!.GetValue<string>().Contains("threw in attempt 1", StringComparison.Ordinal));
        Assert.Equal("Error", fault["LogLevel"]!.GetValue<string>());
        Assert.Contains("DirectoryNotFoundException", fault["Exception"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(fault["Scopes"]!.AsArray(), scope => scope is JsonObject values && values["JobId"]?.GetValue<string>() == id);
        Assert.Contains(entries, entry => entry["Message"]!.GetValue<string>().StartsWith("Not ready: storage", StringComparison.Ordinal));
    }

    private static async Task<Uri> HealthOfAsync(LastingProcess worker) => new((await worker.WaitForLineAsync("Health: ")).Split(' ')[^1]);

    private static async Task<string> WaitForReadinessAsync(ServerProcess front, Uri health, HttpStatusCode expected)
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (true)
        {
            using var answer = await front.Http.GetAsync(new Uri(health, "/readyz"), limit.Token);
            if (answer.StatusCode == expected)
                return await answer.Content.ReadAsStringAsync(limit.Token);
            await Task.Delay(100, limit.Token);
        }
    }
}
