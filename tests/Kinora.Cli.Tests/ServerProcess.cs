using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Kinora.Cli.Tests;

/// <summary>A real <c>kinora serve</c> in a process of its own, on a free port of the loopback.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int Sigkill = 9;
    private const int Sigterm = 15;

    private readonly Process _process;

    private ServerProcess(Process process, Uri address, Task<Uri> httpsAddress)
    {
        _process = process;
        HttpsAddress = httpsAddress;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    /// <summary>Where it listens on https, as soon as it says so.</summary>
    public Task<Uri> HttpsAddress { get; }

    public int ProcessId => _process.Id;

    public static string KinoraPath { get; } = Path.Combine(AppContext.BaseDirectory, "kinora");

    /// <summary>Starts the server on <paramref name="dataDirectory"/> and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(string dataDirectory, params string[] options)
    {
        var start = new ProcessStartInfo(KinoraPath) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["serve", "--data", dataDirectory, "--url", "http://127.0.0.1:0", .. options])
            start.ArgumentList.Add(argument);

        var process = Process.Start(start)!;
        var output = new List<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var httpsAddress = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(string? line)
        {
            if (line is null)
                return;
            lock (output)
                output.Add(line);
            var at = line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal);
            if (line.IndexOf("https://127.0.0.1:", StringComparison.Ordinal) is >= 0 and var secure)
                httpsAddress.TrySetResult(new Uri(line[secure..].Split(' ')[0]));
            if (at >= 0)
                address.TrySetResult(new Uri(line[at..].Split(' ')[0]));
        }

        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var exited = process.WaitForExitAsync();
        if (await Task.WhenAny(address.Task, exited, Task.Delay(TimeSpan.FromSeconds(60))) != address.Task)
        {
            process.Kill(entireProcessTree: true);
            lock (output)
                throw new InvalidOperationException("The server did not come up:\n" + string.Join('\n', output));
        }

        return new ServerProcess(process, await address.Task, httpsAddress.Task);
    }

    /// <summary><c>kill -9</c>: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _ = SendSignal(_process.Id, Sigkill);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, then waits for the exit; returns the exit code.</summary>
    public async Task<int> TerminateAsync(TimeSpan within)
    {
        _ = SendSignal(_process.Id, Sigterm);
        using var limit = new CancellationTokenSource(within);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async Task<JsonObject> SubmitAsync(string endpoint, JsonObject input)
    {
        using var answer = await Http.PostAsJsonAsync($"/queue/{endpoint}", input);
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
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
