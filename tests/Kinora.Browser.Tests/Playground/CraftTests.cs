using Microsoft.Playwright;

namespace Kinora.Browser.Tests.Playground;

/// <summary>What the page owes to everyone: any size, any colours, any way of using it, both languages, and no waiting.</summary>
public sealed class CraftTests(PlaygroundFixture playground)
{
    private static readonly string[] s_views = ["run", "gallery", "dashboard", "settings"];

    private static readonly Lazy<Task<string>> s_axe = new(async () =>
    {
        var folder = Path.Combine(ClientFolders.JavaScriptCases, "..", "axe");
        await NpmPackages.InstallAsync(folder);
        return await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", "axe-core", "axe.min.js"));
    });

    [Theory]
    [InlineData("en", ColorScheme.Light, 1280)]
    [InlineData("zh", ColorScheme.Light, 360)]
    [InlineData("en", ColorScheme.Dark, 360)]
    public async Task Every_view_fits_and_has_no_accessibility_violation(string language, ColorScheme colors, int width)
    {
        var axe = await s_axe.Value;
        await using var page = await playground.OpenInstantAsync(look: new PlaygroundLook(width, 800, colors, language));
        await page.FillAsync("fal-ai/kling-video/v3/standard/image-to-video", "coffee.jpg", "Steam rises.");
        var id = await page.RunAsync();
        await page.PlayToEndAsync();
        await page.Page.EvaluateAsync(axe);
        await CheckAsync(page, "run with a result", width);

        await page.Page.CheckAsync("input[value=storyboard]");
        await page.Page.ClickAsync(".elements + .row button");
        await page.Page.EvaluateAsync("document.querySelectorAll('details').forEach((fold) => fold.open = true)");
        await CheckAsync(page, "storyboard and elements", width);
        await page.Page.ClickAsync("[role=tab] >> nth=2");
        await CheckAsync(page, "code", width);
        foreach (var view in s_views.Skip(1).Append("request/" + id))
        {
            await page.GoAsync(view);
            await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await CheckAsync(page, view, width);
        }
    }

    [Fact]
    public async Task A_clip_is_made_and_watched_by_keyboard_alone()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.DropAsync("[data-path=start_image_url] .media", "coffee.jpg");
        await page.Page.EvaluateAsync("document.activeElement?.blur()");
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Page.Keyboard.PressAsync("Enter");
        for (var presses = 0; presses < 12 && !await page.Page.EvaluateAsync<bool>("document.activeElement.matches('textarea.prompt')"); presses++)
            await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("by keyboard");
        await page.Page.Keyboard.PressAsync("Control+Enter");
        await page.Page.WaitForSelectorAsync(".stage .player video");

        for (var presses = 0; presses < 60 && !await page.Page.EvaluateAsync<bool>("document.activeElement.matches('.player video')"); presses++)
            await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.EvaluateAsync("document.querySelector('.player video').pause()");
        await page.Page.Keyboard.PressAsync(".");
        await page.Page.Keyboard.PressAsync(".");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.timecode').textContent !== '00:00:00'");
        await page.Page.Keyboard.PressAsync(" ");
        await page.Page.WaitForFunctionAsync("() => !document.querySelector('.player video').paused");
    }

    [Fact]
    public async Task Nothing_jumps_and_the_page_is_soon_ready()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.Page.ReloadAsync();
        await page.Page.WaitForSelectorAsync(".run-view");
        await page.Page.WaitForTimeoutAsync(700);

        var shift = await page.Page.EvaluateAsync<double>(
            "new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => resolve(0), 300))");
        var ready = await page.Page.EvaluateAsync<double>("performance.getEntriesByName('kinora-interactive')[0].startTime");
        TestContext.Current.TestOutputHelper?.WriteLine($"layout shift {shift:0.000}, interactive after {ready:0} ms");
        Assert.InRange(shift, 0, 0.02);
        // 300 ms is the aim on a quiet machine; here other tests run beside.
        Assert.InRange(ready, 0, 3_000);
    }

    [Fact]
    public async Task Both_languages_have_the_same_words_and_the_page_changes_at_once()
    {
        await using var page = await playground.OpenInstantAsync();
        var lacking = await page.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const { STRINGS } = await import("/playground/strings.js");
              const keys = (language) => Object.keys(STRINGS[language]);
              const holes = (text) => (String(text).match(/\{\w+\}/g) ?? []).sort().join();
              return [...keys("en").filter((key) => !(key in STRINGS.zh)), ...keys("zh").filter((key) => !(key in STRINGS.en)),
                ...keys("en").filter((key) => key !== "fields" && holes(STRINGS.en[key]) !== holes(STRINGS.zh[key]))];
            }
            """);
        Assert.Empty(lacking);

        await page.Page.ClickAsync("role=button[name='Language: 中文']");
        await page.Page.WaitForSelectorAsync("role=link[name=作品]");
        Assert.Equal("zh", await page.Page.GetAttributeAsync("html", "lang"));
        await page.Page.ReloadAsync();
        await page.Page.WaitForSelectorAsync("text=提示词");
    }

    [Fact]
    public async Task Reduced_motion_is_respected()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.Page.WaitForSelectorAsync(".reel span", new() { State = WaitForSelectorState.Attached });

        Assert.Equal("1e-05s", await page.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.reel span')).animationDuration"));
    }

    private static async Task CheckAsync(PlaygroundPage page, string view, int width)
    {
        Assert.True(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{view} is wider than {width} px.");
        var violations = await page.Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
              .map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary}`).join(" | ")}`)
            """);
        Assert.True(violations.Length == 0, $"{view}: {string.Join('\n', violations)}");
    }
}
