using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kinora.Cli.Tests;

/// <summary>A real <c>kinora serve</c> in a process of its own, on a free port of the loopback.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Http4 = "http://127.0.0.1:";

    private ServerProcess(LastingProcess process, Uri address)
    {
        Process = process;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public LastingProcess Process { get; }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    public int ProcessId => Process.Id;

    public static string KinoraPath { get; } = Path.Combine(AppContext.BaseDirectory, "kinora");

    /// <summary>Starts the server on <paramref name="dataDirectory"/> and waits until it listens.</summary>
    public static Task<ServerProcess> StartAsync(string dataDirectory, params string[] options) =>
        StartAsync(LastingProcess.Start(ArgumentsOf(dataDirectory, options)));

    /// <summary>Waits until a process that was started with <see cref="ArgumentsOf"/> listens.</summary>
    public static async Task<ServerProcess> StartAsync(LastingProcess process)
    {
        try
        {
            var line = await process.WaitForLineAsync(Http4);
            return new ServerProcess(process, new Uri(line[line.IndexOf(Http4, StringComparison.Ordinal)..].Split(' ')[0]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>The command line of a server on a free port.</summary>
    public static string[] ArgumentsOf(string dataDirectory, params string[] options) => ["serve", "--data", dataDirectory, "--url", Http4 + "0", .. options];

    /// <summary>Where it listens on https, as soon as it says so.</summary>
    public async Task<Uri> WaitForHttpsAddressAsync()
    {
        const string Https = "https://127.0.0.1:";
        var line = await Process.WaitForLineAsync(Https);
        return new Uri(line[line.IndexOf(Https, StringComparison.Ordinal)..].Split(' ')[0]);
    }

    /// <inheritdoc cref="LastingProcess.KillAsync"/>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>SIGTERM, then waits for the exit; returns the exit code.</summary>
    public Task<int> TerminateAsync(TimeSpan within)
    {
        Process.Signal(LastingProcess.Terminate);
        return Process.WaitForExitAsync(within);
    }

    /// <summary>Submits to the queue; <paramref name="faults"/> are what <c>x-kinora-fault</c> asks for.</summary>
    public async Task<JsonObject> SubmitAsync(string endpoint, JsonObject input, string? faults = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/queue/{endpoint}") { Content = JsonContent.Create(input) };
        if (faults is not null)
            request.Headers.Add("x-kinora-fault", faults);
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async Task<JsonObject> StatusAsync(string requestId) =>
        (await (await Http.GetAsync($"/queue/fal-ai/kling-video/requests/{requestId}/status?logs=1")).Content.ReadFromJsonAsync<JsonObject>())!;

    public Task<HttpResponseMessage> ResultAsync(string requestId) =>
        Http.GetAsync($"/queue/fal-ai/kling-video/requests/{requestId}");

    /// <summary>Polls until the request is over.</summary>
    public async Task<JsonObject> WaitUntilOverAsync(string requestId, TimeSpan within) =>
        await WaitUntilAsync(requestId, status => status["status"]!.GetValue<string>() == "COMPLETED", within);

    /// <summary>Polls until a worker has the request.</summary>
    public Task<JsonObject> WaitUntilRunningAsync(string requestId) =>
        WaitUntilAsync(requestId, status => status["status"]!.GetValue<string>() != "IN_QUEUE", TimeSpan.FromSeconds(60));

    public async Task<JsonObject> WaitUntilAsync(string requestId, Predicate<JsonObject> condition, TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var status = await StatusAsync(requestId);
            if (condition(status))
                return status;
            if (watch.Elapsed > within)
                throw new TimeoutException($"Request {requestId} is still {status.ToJsonString()} after {within}.");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }
}
