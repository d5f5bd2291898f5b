using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kinora.Cli.Tests;

/// <summary>The unmodified npm package <c>@fal-ai/client</c> against a real server process. The cases are in tests/Clients/js.</summary>
public sealed class OfficialJavaScriptClientTests
{
    [Fact]
    public async Task The_official_client_works_unchanged_in_proxy_mode_and_in_middleware_mode()
    {
        RequiredTool.SkipUnlessPresent("node");
        RequiredTool.SkipUnlessPresent("npm");
        var cases = CasesDirectory();
        using var data = new TemporaryDirectory();
        if (!Directory.Exists(Path.Combine(cases, "node_modules", "@fal-ai", "client")))
            await RunAsync(cases, "npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], []);
        await using var server = await ServerProcess.StartAsync(data.Path, "--slots", "2");

        await RunAsync(cases, "node", ["--test", "--test-reporter=spec"], new()
        {
            ["KINORA_URL"] = server.Address.ToString().TrimEnd('/'),
        });
    }

    private static async Task RunAsync(string directory, string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        await process.WaitForExitAsync(limit.Token);
        TestContext.Current.TestOutputHelper?.WriteLine(await output);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
    }

    private static string CasesDirectory([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "Clients", "js"));
}
