namespace Kinora.Browser.Tests;

/// <summary>The unmodified npm package <c>@fal-ai/client</c> in a page of another origin, against a real server process: the very cases that Node runs.</summary>
public sealed class OfficialJavaScriptClientTests
{
    // Fewer would mean that a file of cases is no longer among those that the page imports.
    private const int FewestCases = 46;

    [Fact]
    public async Task The_official_client_works_unchanged_in_a_browser()
    {
        await using var browser = await BrowserSession.StartAsync();
        await NpmPackages.InstallAsync(ClientFolders.JavaScriptCases);
        using var scratch = new TemporaryDirectory();
        await ToolRun.RunAsync(ClientFolders.JavaScriptCases, "npm", ["run", "--silent", "bundle", "--", $"--outfile={scratch.File("all.js")}"]);
        await using var pages = await PageServer.StartAsync(new Dictionary<string, string>
        {
            [""] = Path.Combine(ClientFolders.JavaScriptCases, "browser", "index.html"),
            ["all.js"] = scratch.File("all.js"),
            ["photo.jpg"] = SamplePhotos.PathOf("astronaut.jpg"),
        });
        await using var server = await ServerProcess.StartAsync(scratch.File("data"), "--slots", "2");

        var page = await browser.OpenPageAsync();
        await page.GotoAsync($"{pages.Address}?server={server.Address}");
        await page.WaitForFunctionAsync("() => window.run");
        var outcomes = await page.EvaluateAsync<CaseOutcome[]>("run()");

        foreach (var outcome in outcomes)
            TestContext.Current.TestOutputHelper?.WriteLine($"{outcome.Milliseconds,7:0} ms  {outcome.Name}");
        Assert.True(outcomes.Length >= FewestCases, $"{outcomes.Length} cases ran.");
        Assert.Empty(outcomes.Where(outcome => outcome.Problem is not null).Select(outcome => $"{outcome.Name}: {outcome.Problem}"));
    }

    /// <summary>What browser/runner.js tells of one case.</summary>
    private sealed record CaseOutcome
    {
        public string Name { get; init; } = "";

        public string? Problem { get; init; }

        public double Milliseconds { get; init; }
    }
}
