using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Cli.Load;

/// <summary>Puts a load on a server.</summary>
internal sealed class LoadRun(LoadPlan plan, TimeProvider time)
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(250);

    private readonly LoadReport _report = new();

    /// <summary>Runs the plan to its end.</summary>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(60) };
        if (plan.Key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", plan.Key);
        var started = time.GetTimestamp();
        var requests = new List<Task>();
        for (var i = 0; i < plan.PerSecond * plan.Duration.TotalSeconds && !cancellationToken.IsCancellationRequested; i++)
        {
            var due = TimeSpan.FromSeconds(i / plan.PerSecond);
            if (due - time.GetElapsedTime(started) is { Ticks: > 0 } early) await Task.Delay(early, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            requests.Add(SendAsync(http, plan.Servers[i % plan.Servers.Count], started, due, cancellationToken));
        }

        await Task.WhenAll(requests);
        return _report;
    }

    private async Task SendAsync(HttpClient http, Uri server, long started, TimeSpan due, CancellationToken cancellationToken)
    {
        // The loop that keeps the time must not wait for this.
        await Task.Yield();
        try
        {
            using var content = new StringContent(plan.Body, new MediaTypeHeaderValue("application/json"));
            using var answer = await http.PostAsync(new Uri(server, "queue/" + plan.Endpoint), content, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            _report.Submits.Add(time.GetElapsedTime(started) - due);
            Count(_report.Answers, ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
            if (answer.IsSuccessStatusCode && plan.Follow > TimeSpan.Zero) await FollowAsync(http, JsonNode.Parse(body)!["status_url"]!.GetValue<string>(), started, due, cancellationToken);
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException or JsonException)
        {
            Count(_report.Answers, "no answer");
        }
    }

    private async Task FollowAsync(HttpClient http, string statusUrl, long started, TimeSpan due, CancellationToken cancellationToken)
    {
        while (time.GetElapsedTime(started) < plan.Duration + plan.Follow && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(s_pollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var status = await http.GetFromJsonAsync<JsonNode>(statusUrl, cancellationToken);
                if (status?["status"]?.GetValue<string>() != "COMPLETED") continue;
                _report.Results.Add(time.GetElapsedTime(started) - due);
                Count(_report.Ends, status["error"] is null ? "completed" : "failed");
                return;
            }
            catch (Exception problem) when (problem is HttpRequestException or JsonException or TaskCanceledException)
            {
                // A front may restart under the load; the request is still there.
            }
        }

        Count(_report.Ends, "unfinished");
    }

    private static void Count(System.Collections.Concurrent.ConcurrentDictionary<string, int> counts, string what) => counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
