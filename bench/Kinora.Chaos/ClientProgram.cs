using System.Diagnostics;
using System.Globalization;

namespace Kinora.Chaos;

/// <summary>Somebody else's client in a process of its own.</summary>
internal static class ClientProgram
{
    /// <summary>Runs it to its end.</summary>
    /// <returns>What it saw completed, and its complaints.</returns>
    internal static async Task<(List<(string Key, Guid Id, bool CancelAsked)> Completed, string Errors)> RunAsync(ChaosOptions options, IEnumerable<Uri> fronts)
    {
        var start = new ProcessStartInfo("node", [options.Client!, options.Count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KINORA_URLS"] = string.Join(',', fronts) },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var completed = new List<(string, Guid, bool)>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["request", var key, var id])
                completed.Add((key, Guid.Parse(id), false));
        }

        await process.WaitForExitAsync();
        return (completed, await errors);
    }
}
