namespace Kinora.Cli.Tests;

/// <summary>The unmodified npm package <c>@fal-ai/client</c> in Node against a real server process. The cases are in tests/Clients/js.</summary>
public sealed class OfficialJavaScriptClientTests
{
    [Fact]
    public async Task The_official_client_works_unchanged_in_proxy_mode_and_in_middleware_mode()
    {
        await NpmPackages.InstallAsync(ClientFolders.JavaScriptCases);
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "--slots", "2");

        var output = await ToolRun.RunAsync(ClientFolders.JavaScriptCases, "node", ["--test", "--test-reporter=spec"], new() { ["KINORA_URL"] = server.Address.ToString() });

        TestContext.Current.TestOutputHelper?.WriteLine(output);
    }
}
