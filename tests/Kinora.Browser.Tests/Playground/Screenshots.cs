using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Kinora.Browser.Tests.Playground;

/// <summary>Takes the pictures of docs/playground: every view in light and dark at three widths, into artifacts/playground. <c>make playground-screenshots</c> runs it; the usual test run does not.</summary>
public sealed class Screenshots(PlaygroundFixture playground)
{
    private static readonly (int Width, int Height)[] s_sizes = [(360, 760), (1280, 800), (2560, 1440)];

    private static readonly (string Endpoint, string Photo, string Prompt)[] s_clips =
    [
        ("v3/turbo/standard", "astronaut.jpg", "The camera eases in slowly on her face. Shallow depth of field."),
        ("o3/standard", "mountain.jpg", "Clouds drift over the summit while the light turns golden; crane up."),
        ("v3/standard", "dandelion.jpg", "Camera slowly orbits around the flower. Dust floats in the warm light."),
        ("v3/standard", "pagoda.jpg", "The camera cranes up past the roofs while clouds drift and birds call."),
        ("v3/turbo/standard", "stream.jpg", "Water rushes over the stones, slow tilt down, birdsong."),
        ("v3/standard", "coffee.jpg", "The camera slowly pushes in on the cup. Steam rises, warm light drifts across the table."),
    ];

    // A fact only where scripts/playground-screenshots builds it, so that the usual run neither takes it nor counts it as skipped.
#if SCREENSHOTS
    [Fact]
#endif
    public async Task Every_view_in_both_themes_at_three_widths()
    {
        string shown = "";
        await using (var page = await playground.OpenAsync())
        {
            foreach (var (endpoint, photo, prompt) in s_clips)
            {
                await page.FillAsync($"fal-ai/kling-video/{endpoint}/image-to-video", photo, prompt);
                shown = await page.RunAsync();
                await page.PlayToEndAsync();
            }
        }

        foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var (width, height) in s_sizes)
            {
                await using var page = await playground.OpenAsync(look: new PlaygroundLook(width, height, colors));
                await page.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
                var name = $"{colors.ToString().ToLowerInvariant()}-{width}";
                await page.FillAsync("fal-ai/kling-video/v3/standard/image-to-video", "coffee.jpg", s_clips[^1].Prompt);
                await page.GoAsync("run/" + shown);
                await page.Page.ReloadAsync();
                await page.Page.WaitForSelectorAsync(".player video");
                await page.Page.EvaluateAsync("document.querySelector('.player video').currentTime = 1.2");
                await TakeAsync(page, $"run-{name}");
                await page.Page.CheckAsync("input[value=storyboard]");
                await page.Page.FillAsync(".shot textarea >> nth=1", "Cut to the window, rain on the glass, pull back.");
                await TakeAsync(page, $"storyboard-{name}");
                await page.Page.ClickAsync("[role=tab] >> nth=2");
                await TakeAsync(page, $"code-{name}");
                foreach (var view in (string[])["gallery", "dashboard", "settings", "request/" + shown])
                {
                    await page.GoAsync(view);
                    await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                    await TakeAsync(page, $"{view.Split('/')[0]}-{name}");
                }
            }
        }
    }

    private static async Task TakeAsync(PlaygroundPage page, string name)
    {
        await page.Page.WaitForTimeoutAsync(700);
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder(), $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "artifacts", "playground"));
}
