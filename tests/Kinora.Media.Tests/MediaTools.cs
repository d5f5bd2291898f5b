using System.Diagnostics;
using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Tests;

/// <summary>The ffmpeg of this machine, and plain calls of it that do not go through the code under test.</summary>
internal static class MediaTools
{
    private static readonly Lazy<Task<FfmpegInstallation>> s_found = new(() => FfmpegInstallation.FindAsync(null, CancellationToken.None));

    public static Task<FfmpegInstallation> InstallationAsync() => s_found.Value;

    public static Task<string> FfmpegAsync(params string[] arguments) => RunAsync("ffmpeg", ["-hide_banner", "-nostdin", "-y", .. arguments]);

    public static Task<string> FfprobeAsync(params string[] arguments) => RunAsync("ffprobe", ["-hide_banner", "-v", "error", .. arguments]);

    /// <summary>Runs a program and returns both its outputs; fails the test if the program fails.</summary>
    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} exited with {process.ExitCode}: {await errors}");
        return output + await errors;
    }
}
