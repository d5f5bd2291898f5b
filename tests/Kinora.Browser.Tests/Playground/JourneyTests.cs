namespace Kinora.Browser.Tests.Playground;

/// <summary>From a picture to a clip, as a person does it.</summary>
public sealed class JourneyTests(PlaygroundFixture playground)
{
    private const string V3 = "fal-ai/kling-video/v3/standard/image-to-video";

    [Theory]
    [InlineData(V3, "dandelion.jpg", "The camera slowly orbits the flower, dust in warm light.")]
    [InlineData("fal-ai/kling-video/v3/turbo/standard/image-to-video", "astronaut.jpg", "The camera eases in on her face.")]
    [InlineData("fal-ai/kling-video/o3/standard/image-to-video", "mountain.jpg", "Clouds drift over the summit, crane up.")]
    public async Task A_dropped_picture_becomes_a_clip_that_plays_to_its_end(string endpoint, string photo, string prompt)
    {
        await using var page = await playground.OpenAsync();
        await page.FillAsync(endpoint, photo, prompt);
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.run-price').textContent.includes('3 s')");

        // What is seen on the way can be over before a test looks, so the page itself takes notes.
        await page.Page.EvaluateAsync(
            """
            () => {
              window.seen = { progress: 0, preview: false };
              new MutationObserver(() => {
                seen.progress = Math.max(seen.progress, Number(document.querySelector(".stage .film")?.getAttribute("aria-valuenow") ?? 0));
                seen.preview ||= document.querySelector(".live-preview:not([hidden])") !== null;
              }).observe(document.body, { subtree: true, childList: true, attributes: true });
            }
            """);
        await page.RunAsync();

        Assert.Equal(3, await page.PlayToEndAsync(), tolerance: 0.1);
        Assert.InRange(await page.Page.EvaluateAsync<int>("seen.progress"), 5, 100);
        Assert.True(await page.Page.EvaluateAsync<bool>("seen.preview"));
        Assert.Contains("camera", await page.Page.InnerTextAsync(".stage .plan"), StringComparison.Ordinal);
        Assert.Equal("true", await page.Page.GetAttributeAsync(".strip-item >> nth=0", "aria-current"));
    }

    [Theory]
    [InlineData("v3/pro")]
    [InlineData("v3/4k")]
    [InlineData("v3/turbo/pro")]
    [InlineData("o3/pro")]
    [InlineData("o3/4k")]
    public async Task Every_other_endpoint_has_its_form_and_its_clip(string tier)
    {
        await using var page = await playground.OpenInstantAsync();
        await page.FillAsync($"fal-ai/kling-video/{tier}/image-to-video", "coffee.jpg", "Steam rises.");

        await page.RunAsync();

        Assert.InRange(await page.PlayToEndAsync(), 0.5, 15.1);
    }

    [Fact]
    public async Task A_running_request_is_cancelled()
    {
        await using var page = await playground.OpenAsync();
        await page.FillAsync(V3, "coffee.jpg", "The camera orbits slowly.", seconds: 15);
        await page.RunAsync();
        await page.Page.WaitForFunctionAsync("() => Number(document.querySelector('.film')?.getAttribute('aria-valuenow')) > 0");

        await page.Page.ClickAsync(".live-line button");

        await page.Page.WaitForSelectorAsync(".stage-message >> text=Cancelled");
        Assert.Equal("Cancelled", await page.Page.InnerTextAsync(".strip-when >> nth=0"));
    }

    [Fact]
    public async Task A_failed_request_says_why_at_its_field()
    {
        await using var page = await playground.OpenAsync();
        await page.Page.SelectOptionAsync("#endpoint", V3);
        await page.Page.FillAsync("textarea.prompt", "It moves.");
        await page.Page.ClickAsync("role=button[name='Use a URL: Start image']");
        await page.Page.FillAsync("role=textbox[name='URL of the image']", "http://127.0.0.1:9/none.jpg");
        await page.Page.ClickAsync("text=Apply");

        await page.RunAsync();

        await page.Page.WaitForSelectorAsync("[data-path=start_image_url].wrong > .problem:not([hidden])");
        await page.Page.WaitForSelectorAsync(".stage-message >> text=start_image_url");
        Assert.Contains("invalid input", await page.Page.InnerTextAsync(".strip-when >> nth=0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_told_at_its_field_before_anything_is_sent()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.Page.ClickAsync(".run-button");

        await page.Page.WaitForSelectorAsync("[data-path=start_image_url].wrong");
        Assert.Contains("to fix", await page.Page.InnerTextAsync(".run-price"), StringComparison.Ordinal);
        Assert.EndsWith("#/run", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_the_endpoint_would_refuse_is_not_even_uploaded()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.Page.EvaluateAsync(
            """
            async () => {
              const canvas = new OffscreenCanvas(120, 90);
              canvas.getContext("2d").fillRect(0, 0, 120, 90);
              const transfer = new DataTransfer();
              transfer.items.add(new File([await canvas.convertToBlob({ type: "image/png" })], "small.png", { type: "image/png" }));
              document.querySelector(".media").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """);

        await page.Page.WaitForSelectorAsync(".problem.local >> text=120 × 90 px is too small");
        Assert.Equal(1, await page.Page.Locator("[data-path=start_image_url] .media-drop").CountAsync());
    }

    [Fact]
    public async Task After_a_reload_the_running_request_is_still_there()
    {
        await using var page = await playground.OpenAsync();
        await page.FillAsync(V3, "pagoda.jpg", "The camera pans left.");
        var id = await page.RunAsync();

        await page.Page.ReloadAsync();

        await page.Page.WaitForSelectorAsync($".stage a[href='#/request/{id}']");
        Assert.Equal(3, await page.PlayToEndAsync(), tolerance: 0.1);
        Assert.Equal("The camera pans left.", await page.Page.InputValueAsync("textarea.prompt"));
    }

    [Fact]
    public async Task The_result_is_looked_at_frame_by_frame_compared_and_used_again()
    {
        await using var page = await playground.OpenAsync();
        await page.FillAsync(V3, "stream.jpg", "Slow tilt down.");
        var id = await page.RunAsync();
        await page.PlayToEndAsync();

        await page.Page.FillAsync(".player input.seek", "10");
        await page.Page.ClickAsync("role=button[name='One frame forward']");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.timecode').textContent === '00:00:11'");
        await page.Page.ClickAsync("role=button[name=Compare]");
        await page.Page.FillAsync(".compare-slider", "80");
        Assert.Equal("80%", await page.Page.EvaluateAsync<string>("document.querySelector('.player-screen').style.getPropertyValue('--split')"));
        await page.Page.ClickAsync("role=button[name=Compare]");

        var picture = await page.Page.EvaluateAsync<string>("JSON.parse(localStorage.getItem('kinora.draft')).input.start_image_url");
        await page.Page.ClickAsync("role=button[name='Last frame as start']");
        await page.Page.WaitForFunctionAsync("(old) => JSON.parse(localStorage.getItem('kinora.draft')).input.start_image_url !== old", picture);
        await page.Page.ClickAsync("role=button[name='Copy link']");
        Assert.EndsWith($"playground#/request/{id}", await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);

        var before = page.Page.Url;
        await page.Page.ClickAsync("role=button[name='Another seed']");
        await page.Page.WaitForFunctionAsync("(before) => location.href !== before", before);
        Assert.InRange(await page.Page.EvaluateAsync<long>("JSON.parse(localStorage.getItem('kinora.draft')).input.seed"), 0, uint.MaxValue);
        await page.Page.ClickAsync(".live-line button");
        await page.Page.WaitForSelectorAsync(".stage-message >> text=Cancelled");
    }
}
