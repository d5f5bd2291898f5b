using System.Diagnostics;
using System.Globalization;

namespace Kinora.Benchmarks;

/// <summary>A server in a process of its own that prints the address it listens on.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    private readonly Process _process;

    private ServerUnderTest(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address };
    }

    public HttpClient Http { get; }

    public static Task<ServerUnderTest> StartKinoraAsync(string dataDirectory, params string[] options) =>
        StartAsync(Path.Combine(AppContext.BaseDirectory, "kinora"), ["serve", "--url", "http://127.0.0.1:0", "--data", dataDirectory, .. options]);

    /// <summary>Starts a bare Kestrel endpoint that gives this answer to everything.</summary>
    public static async Task<ServerUnderTest> StartBareAsync(byte[] answer)
    {
        using var folder = new ScratchFolder();
        var file = Path.Combine(folder.Path, "answer.json");
        await File.WriteAllBytesAsync(file, answer);
        return await StartAsync(Environment.ProcessPath!, ["serve-bare", file]);
    }

    /// <summary>The largest resident set the process ever had, in bytes (<c>VmHWM</c>).</summary>
    public long PeakBytes() => ReadStatus("VmHWM:");

    private long ReadStatus(string field) =>
        long.Parse(
            File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture) * 1024;

    private static async Task<ServerUnderTest> StartAsync(string program, string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal);
            if (at < 0)
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new ServerUnderTest(process, new Uri(line[at..].Split(' ')[0]));
        }

        throw new InvalidOperationException($"{program} ended before it listened.");
    }

    public void Dispose()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
