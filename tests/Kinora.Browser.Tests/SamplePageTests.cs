namespace Kinora.Browser.Tests;

/// <summary>The page in samples/clients/javascript, as a reader would use it, against a real server process.</summary>
public sealed class SamplePageTests
{
    [Fact]
    public async Task The_page_makes_a_clip_that_the_browser_plays()
    {
        await using var browser = await BrowserSession.StartAsync();
        using var scratch = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(scratch.File("data"));
        await using var pages = await StartPagesAsync();

        var page = await browser.OpenPageAsync();
        await page.GotoAsync($"{pages.Address}");
        await page.FillAsync("[name=server]", $"{server.Address}");
        await page.SetInputFilesAsync("[name=picture]", SamplePhotos.PathOf("coffee.jpg"));
        await page.ClickAsync("button");
        await page.WaitForSelectorAsync("video:not([hidden])", new() { Timeout = 120_000 });

        await page.WaitForFunctionAsync("() => document.querySelector('video').readyState >= HTMLMediaElement.HAVE_METADATA");
        var seconds = await page.EvaluateAsync<double>("document.querySelector('video').duration");
        Assert.Equal(3, seconds, tolerance: 0.1);
        Assert.Equal("done", await page.InnerTextAsync("output"));
        Assert.Empty(browser.Problems);
    }

    [Fact]
    public async Task The_page_shows_the_servers_own_words_when_it_fails()
    {
        await using var browser = await BrowserSession.StartAsync();
        using var scratch = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(scratch.File("data"));
        await using var pages = await StartPagesAsync();
        await File.WriteAllTextAsync(scratch.File("picture.jpg"), "no picture");

        var page = await browser.OpenPageAsync();
        await page.GotoAsync($"{pages.Address}");
        await page.FillAsync("[name=server]", $"{server.Address}");
        await page.SetInputFilesAsync("[name=picture]", scratch.File("picture.jpg"));
        await page.ClickAsync("button");

        await page.WaitForFunctionAsync("() => document.querySelector('output').value.includes('image')");
        await page.WaitForSelectorAsync("button:enabled");
        Assert.True(await page.IsHiddenAsync("video"));
    }

    private static Task<PageServer> StartPagesAsync() =>
        PageServer.StartAsync(new Dictionary<string, string> { [""] = Path.Combine(ClientFolders.Samples, "javascript", "index.html") });
}
