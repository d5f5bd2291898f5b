namespace Kinora.Cli.Tests;

/// <summary>A real <c>kinora worker</c> in a process of its own.</summary>
internal static class WorkerProcess
{
    /// <summary>Starts it and waits until it works.</summary>
    public static Task<LastingProcess> StartAsync(params string[] options) => StartAsync(options, environment: null);

    /// <inheritdoc cref="StartAsync(string[])"/>
    public static async Task<LastingProcess> StartAsync(string[] options, IReadOnlyDictionary<string, string>? environment)
    {
        var process = LastingProcess.Start(["worker", .. options], environment);
        try
        {
            await process.WaitForLineAsync("Kinora works");
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }
}
