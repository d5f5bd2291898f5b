using Microsoft.Playwright;

namespace Kinora.Browser.Tests.Playground;

/// <summary>The first key closes a server; from then on a browser signs in.</summary>
public sealed class KeyTests(PlaygroundFixture playground)
{
    [Fact]
    public async Task The_first_key_is_made_used_given_a_budget_and_needed_from_then_on()
    {
        using var scratch = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(scratch.File("data"), "--instant");
        await using var page = await playground.OpenAsync(server, "settings");
        await page.Page.FillAsync("#key-name", "me");
        await page.Page.ClickAsync("text=Create a key");
        var key = (await page.Page.InnerTextAsync(".secret pre")).Trim();
        Assert.Matches("^[0-9a-f-]{36}:[0-9a-f]{64}$", key);
        await page.Page.ClickAsync("text=I have it");
        await page.Page.WaitForSelectorAsync(".key-list >> text=active");
        Assert.DoesNotContain(key, await page.Page.ContentAsync(), StringComparison.Ordinal);

        await page.Page.ClickAsync("role=button[name='Budget: me']");
        await page.Page.FillAsync("role=textbox[name='Budget of me in USD']", "2.5");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForSelectorAsync("text=$0.00 of $2.50 spent");
        var cookies = await page.Page.Context.CookiesAsync();
        var cookie = Assert.Single(cookies);
        Assert.Equal((true, SameSiteAttribute.Strict), (cookie.HttpOnly, cookie.SameSite));

        await page.GoAsync("run");
        await page.FillAsync("fal-ai/kling-video/v3/standard/image-to-video", "coffee.jpg", "signed in");
        await page.RunAsync();
        await page.PlayToEndAsync();

        await page.Page.ClickAsync("role=button[name='Sign out']");
        await page.Page.FillAsync("#key", "wrong:key");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForSelectorAsync("#key-problem:not([hidden])");
        await page.Page.FillAsync("#key", key);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForSelectorAsync(".strip-words >> text=signed in");
        page.ForgetRefusals();
    }
}
