using static Kinora.Benchmarks.Report;

namespace Kinora.Benchmarks;

/// <summary>The server's memory while 1,000 status streams are open, of 100 requests that wait, over what it needs without any. Each stream has had its first event and one keep-alive line.</summary>
internal static class StreamsBenchmark
{
    private const int Streams = 1_000;
    private const int Requests = 100;
    private static readonly TimeSpan s_untilHeartbeat = TimeSpan.FromSeconds(11);

    public static async Task RunAsync(Report report)
    {
        using var data = new ScratchFolder();
        using var kinora = await ServerUnderTest.StartKinoraAsync(data.Path, "--slots", "0");
        var paths = new List<string>();
        for (var i = 0; i < Requests; i++)
            paths.Add(await QueueCalls.SubmitForPathAsync(kinora.Http));
        await kinora.Http.GetByteArrayAsync(paths[0] + "/status");
        var idle = kinora.PeakBytes();

        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Streams };
        using var http = new HttpClient(handler) { BaseAddress = kinora.Http.BaseAddress };
        var open = await Task.WhenAll(Enumerable.Range(0, Streams).Select(index => OpenAsync(http, $"{paths[index % Requests]}/status/stream?logs=1")));
        await Task.Delay(s_untilHeartbeat);

        report.Section("Memory of 1,000 open status streams", "open", "peak MB over idle", "limit", "KB each");
        report.Row($"{Streams}", Number((kinora.PeakBytes() - idle) / 1e6, "0"), "200", Number((kinora.PeakBytes() - idle) / 1e3 / Streams, "0"));
        foreach (var stream in open)
            await stream.DisposeAsync();
    }

    private static async Task<Stream> OpenAsync(HttpClient http, string path)
    {
        var stream = await http.GetStreamAsync(path);
        var first = new byte[6];
        await stream.ReadExactlyAsync(first);
        return first.AsSpan().SequenceEqual("data: "u8) ? stream : throw new InvalidOperationException("The stream does not begin with an event.");
    }
}
