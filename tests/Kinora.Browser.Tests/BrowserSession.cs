using Kinora.Jobs.Tests;
using Microsoft.Playwright;

namespace Kinora.Browser.Tests;

/// <summary>
/// A real headless Chromium of the system with a profile of its own, driven by Playwright. Its tests are skipped where there is none, and fail where
/// <c>KINORA_TEST_REQUIRE</c> names <c>browser</c>. Pages that it opens tell what went wrong in them: <see cref="Problems"/>.
/// </summary>
internal sealed class BrowserSession : IAsyncDisposable
{
    // The machine may be closed, small, without a GPU, and a container's root: the browser must reach for nothing.
    private static readonly string[] s_flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _problems = [];

    private BrowserSession(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Errors that scripts threw and did not catch, and what pages wrote to the console as errors, in order.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_problems)
                return [.. _problems];
        }
    }

    /// <summary>Starts the browser, or skips the test that asks for it.</summary>
    public static async Task<BrowserSession> StartAsync()
    {
        var program = RequiredTool.FindOrSkip("browser", "chromium", "chromium-browser", "google-chrome");
        var playwright = await Playwright.CreateAsync();
        try
        {
            return new BrowserSession(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = s_flags }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>Opens an empty page that shares nothing with the pages before it: no cookies, no storage, no cache.</summary>
    public async Task<IPage> OpenPageAsync(BrowserNewPageOptions? options = null)
    {
        var page = await _browser.NewPageAsync(options);
        page.PageError += (_, error) => Note(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Note(message.Text);
        };
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private void Note(string problem)
    {
        lock (_problems)
            _problems.Add(problem);
    }
}
