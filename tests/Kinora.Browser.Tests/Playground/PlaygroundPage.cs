using Microsoft.Playwright;

namespace Kinora.Browser.Tests.Playground;

/// <summary>The playground in a browser, with the steps that its tests share. What went wrong in it (errors, console, refused by the policy) fails the test at the end.</summary>
internal sealed class PlaygroundPage : IAsyncDisposable
{
    private const int RenderMilliseconds = 60_000;
    private const int StepMilliseconds = 30_000;

    private readonly List<string> _problems = [];

    private PlaygroundPage(IPage page, Uri address) => (Page, Address) = (page, address);

    public IPage Page { get; }

    public Uri Address { get; }

    public static async Task<PlaygroundPage> OpenAsync(BrowserSession browser, Uri address, string view, PlaygroundLook look)
    {
        var page = await browser.OpenPageAsync(new()
        {
            ViewportSize = new() { Width = look.Width, Height = look.Height },
            ColorScheme = look.Colors,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        page.SetDefaultTimeout(StepMilliseconds);
        var opened = new PlaygroundPage(page, address);
        page.PageError += (_, error) => opened._problems.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") opened._problems.Add($"{message.Text} {message.Location}");
        };
        await page.AddInitScriptAsync($$"""
            localStorage.getItem("kinora.language") ?? localStorage.setItem("kinora.language", "{{look.Language}}");
            document.addEventListener("securitypolicyviolation", (event) => console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`));
            """);
        await opened.GoAsync(view);
        return opened;
    }

    /// <summary>Shows a view, and waits until it is there.</summary>
    public async Task GoAsync(string view)
    {
        await Page.GotoAsync($"{Address}playground#/{view}");
        await Page.WaitForSelectorAsync($"main[data-view={view.Split('/')[0]}] > *");
    }

    /// <summary>Chooses an endpoint, drops a picture on its first place and writes a prompt.</summary>
    public async Task FillAsync(string endpoint, string photo, string prompt, int seconds = 3)
    {
        await Page.SelectOptionAsync("#endpoint", endpoint);
        await Page.WaitForFunctionAsync("(endpoint) => JSON.parse(localStorage.getItem('kinora.draft')).endpoint === endpoint", endpoint);
        await DropAsync(".media >> nth=0", photo);
        await Page.FillAsync("textarea.prompt >> nth=0", prompt);
        await Page.FillAsync("input[type=range] >> nth=0", $"{seconds}");
    }

    /// <summary>Drops a file as a person would, and waits until it is uploaded and shown.</summary>
    public async Task DropAsync(string place, string photo)
    {
        var content = Convert.ToBase64String(await File.ReadAllBytesAsync(SamplePhotos.PathOf(photo)));
        var transfer = await Page.EvaluateHandleAsync(
            """
            ([content, name]) => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name, { type: "image/jpeg" }));
              return transfer;
            }
            """,
            new[] { content, photo });
        await Page.DispatchEventAsync(place, "drop", new { dataTransfer = transfer });
        await Page.Locator(place).Locator(".media-bar").WaitForAsync();
    }

    /// <summary>Presses Run, and gives the new request's id as the address then names it.</summary>
    public async Task<string> RunAsync()
    {
        var before = Page.Url;
        await Page.ClickAsync(".run-button");
        await Page.WaitForFunctionAsync("(before) => location.href !== before && location.hash.startsWith('#/run/')", before);
        return Page.Url.Split('/')[^1];
    }

    /// <summary>Waits for the player, and until the clip has played to its end by itself.</summary>
    /// <returns>The clip's length in seconds.</returns>
    public async Task<double> PlayToEndAsync()
    {
        await Page.WaitForSelectorAsync(".stage .player video", new() { Timeout = RenderMilliseconds });
        return await Page.EvaluateAsync<double>(
            """
            async () => {
              const video = document.querySelector(".stage .player video");
              video.loop = false;
              video.muted = true;
              video.playbackRate = 4;
              if (video.readyState < 1) await new Promise((resolve) => video.addEventListener("loadedmetadata", resolve, { once: true }));
              const seen = new Set();
              const ended = new Promise((resolve) => video.addEventListener("ended", resolve, { once: true }));
              const watch = setInterval(() => seen.add(video.currentTime), 30);
              video.currentTime = 0;
              await video.play();
              await ended;
              clearInterval(watch);
              if (seen.size < 2) throw new Error(`the time did not advance: ${[...seen]}`);
              return video.duration;
            }
            """);
    }

    /// <summary>Takes from the list what the browser writes about answers of 401: the test asked for them.</summary>
    public void ForgetRefusals() => _problems.RemoveAll(problem => problem.Contains("401", StringComparison.Ordinal));

    /// <summary>Fails if anything went wrong in the page so far.</summary>
    public void AssertNoProblems() => Assert.Empty(_problems);

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        AssertNoProblems();
    }
}
