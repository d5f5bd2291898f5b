using System.Text.RegularExpressions;
using Kinora.Server.Playground;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Playground;

public sealed partial class PageEndpointTests
{
    private const int FirstLoadBytes = 150_000;

    [Fact]
    public async Task Browsers_that_come_to_the_root_are_sent_to_the_page_and_programs_are_not()
    {
        await using var server = await PlaygroundServer.StartAsync();

        var browser = await server.SendAsync("GET", "/", (string?)null, ("Accept", "text/html,application/xhtml+xml"));
        Assert.Equal((302, "playground"), (browser.Code, browser.Header("Location")));
        Assert.Equal((302, "../playground"), ((await server.SendAsync("GET", "/playground/")).Code, (await server.SendAsync("GET", "/playground/")).Header("Location")));
        Assert.Equal(404, (await server.SendAsync("GET", "/")).Code);
    }

    [Fact]
    public async Task The_page_is_open_to_everyone_and_strict_about_what_runs_in_it()
    {
        await using var server = await PlaygroundServer.StartAsync();
        await server.CreateKeyAsync();

        var page = await server.SendAsync("GET", "/playground");

        Assert.Equal((200, "text/html; charset=utf-8"), (page.Code, page.ContentType));
        var policy = page.Header("Content-Security-Policy")!;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)|<style| style=| on[a-z]+=|https?://", page.Body);
        Assert.Equal(("nosniff", "no-referrer"), (page.Header("X-Content-Type-Options"), page.Header("Referrer-Policy")));
    }

    [Fact]
    public async Task Files_are_compressed_and_not_sent_twice()
    {
        await using var server = await PlaygroundServer.StartAsync();

        var plain = await server.SendAsync("GET", "/playground/app.js");
        var compressed = await server.SendAsync("GET", "/playground/app.js", (string?)null, ("Accept-Encoding", "gzip, br"));
        var again = await server.SendAsync("GET", "/playground/app.js", (string?)null, ("If-None-Match", plain.Header("ETag")!));

        Assert.Equal((200, null), (plain.Code, plain.Header("Content-Encoding")));
        Assert.Equal("br", compressed.Header("Content-Encoding"));
        Assert.True(compressed.Body.Length < plain.Body.Length / 2);
        Assert.Equal((304, ""), (again.Code, again.Body));
        Assert.Equal(404, (await server.SendAsync("GET", "/playground/none.js")).Code);
        Assert.Equal(404, (await server.SendAsync("GET", "/playground/../KinoraServer.cs")).Code);
        Assert.Equal(405, (await server.SendAsync("POST", "/playground", "{}")).Code);
    }

    /// <summary>What the first view needs: the page, what it links, and the modules that those import, however deep.</summary>
    [Fact]
    public void The_first_load_stays_small()
    {
        var files = new PageFiles();
        var needed = new HashSet<string>();
        void Follow(string name)
        {
            if (!needed.Add(name)) return;
            var text = System.Text.Encoding.UTF8.GetString(files.TryFind(name)!.Content);
            foreach (Match match in StaticImport().Matches(text))
                Follow(new Uri(new Uri("http://x/" + name), match.Groups[1].Value).AbsolutePath[1..]);
        }

        Follow("app.js");
        foreach (Match match in Linked().Matches(System.Text.Encoding.UTF8.GetString(files.TryFind("index.html")!.Content)))
            needed.Add(match.Groups[1].Value);
        needed.UnionWith(["index.html", "fonts/geist-mono.woff2"]);

        var bytes = needed.Sum(name => files.TryFind(name) is { } file ? (file.Brotli ?? file.Content).Length : throw new InvalidOperationException($"{name} is missing."));
        TestContext.Current.SendDiagnosticMessage($"{bytes} bytes in {needed.Count} files");
        Assert.InRange(bytes, 1, FirstLoadBytes);
    }

    [Fact]
    public void Every_preloaded_module_is_imported_so_that_none_is_loaded_in_vain() =>
        Assert.All(
            Linked().Matches(System.Text.Encoding.UTF8.GetString(new PageFiles().TryFind("index.html")!.Content)).Select(match => match.Groups[1].Value),
            name => Assert.NotNull(new PageFiles().TryFind(name)));

    [GeneratedRegex("""^import [^;]*?from "([^"]+)";""", RegexOptions.Multiline)]
    private static partial Regex StaticImport();

    [GeneratedRegex("(?:href|src)=\"playground/([^\"]+)\"")]
    private static partial Regex Linked();
}
