using System.Diagnostics;
using Kinora.Jobs.Sqlite;
using Microsoft.Data.Sqlite;

namespace Kinora.Browser.Tests.Playground;

/// <summary>The gallery over a long history, and what becomes of a single request.</summary>
public sealed class HistoryTests(PlaygroundFixture playground)
{
    private const int Requests = 100_000;

    [Fact]
    public async Task A_hundred_thousand_requests_are_paged_and_searched_without_waiting()
    {
        using var scratch = new TemporaryDirectory();
        await FillAsync(scratch.File("data"));
        await using var server = await ServerProcess.StartAsync(scratch.File("data"), "--slots", "0");
        await using var page = await playground.OpenAsync(server, "gallery");

        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('.request-card').length >= 30");
        for (var pages = 2; pages <= 5; pages++)
        {
            await page.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
            await page.Page.WaitForFunctionAsync("(count) => document.querySelectorAll('.request-card').length >= count", 30 * pages);
        }

        var links = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.request-card a')].map((link) => link.href)");
        Assert.Equal(links.Length, links.Distinct().Count());

        var watch = Stopwatch.StartNew();
        await page.Page.FillAsync("role=searchbox", "NUMBER 77777,");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('.request-card').length === 1");
        Assert.Contains("77777", await page.Page.InnerTextAsync(".card-prompt"), StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"The search took {watch.Elapsed}.");

        await page.Page.FillAsync("role=searchbox", "nowhere");
        await page.Page.WaitForSelectorAsync(".empty:not([hidden])");
        await page.Page.FillAsync("role=searchbox", "");
        await page.Page.CheckAsync(".filters input[value=failed]");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('.request-card[data-state=failed]').length === document.querySelectorAll('.request-card').length && document.querySelectorAll('.request-card').length === 30");
    }

    [Fact]
    public async Task A_request_is_shown_with_everything_and_deleted()
    {
        await using var page = await playground.OpenInstantAsync();
        await page.FillAsync("fal-ai/kling-video/v3/standard/image-to-video", "coffee.jpg", "to be deleted");
        var id = await page.RunAsync();
        await page.PlayToEndAsync();
        await page.GoAsync("gallery");
        await page.Page.ClickAsync($".request-card a[href='#/request/{id}']");
        await page.Page.WaitForSelectorAsync(".detail video");

        Assert.Contains("Kept until", await page.Page.InnerTextAsync(".detail-clip"), StringComparison.Ordinal);
        Assert.Contains("to be deleted", await page.Page.InnerTextAsync("[aria-labelledby=section-input]"), StringComparison.Ordinal);
        Assert.True(await page.Page.Locator(".waterfall li").CountAsync() >= 2);
        await page.Page.ClickAsync("text=Open in Run");
        await page.Page.WaitForSelectorAsync("textarea.prompt");
        Assert.Equal("to be deleted", await page.Page.InputValueAsync("textarea.prompt"));

        await page.GoAsync("request/" + id);
        await page.Page.ClickAsync("role=button[name=Delete]");
        await page.Page.ClickAsync("text=Delete for good");
        await page.Page.WaitForSelectorAsync("[aria-labelledby=section-input] >> text=have been deleted");
    }

    [Fact]
    public async Task A_webhook_is_sent_again()
    {
        using var scratch = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(scratch.File("data"), "--instant", "--allow-private-host", "127.0.0.1");
        var submitted = await server.SubmitAsync(
            "fal-ai/kling-video/v3/standard/image-to-video?fal_webhook=http://127.0.0.1:9/hook", new() { ["prompt"] = "x", ["start_image_url"] = "http://example.org/a.png" });
        var id = (string)submitted["request_id"]!;
        await server.WaitUntilOverAsync(id, TimeSpan.FromSeconds(20));
        await using var page = await playground.OpenAsync(server, "request/" + id);

        await page.Page.WaitForSelectorAsync("[aria-labelledby=section-webhook] tbody tr", new() { Timeout = 20_000 });
        await page.Page.ClickAsync("text=Send again");

        await page.Page.WaitForSelectorAsync("[aria-labelledby=section-webhook] tbody tr >> nth=1", new() { Timeout = 20_000 });
    }

    // Straight into the database: a hundred thousand submits would take minutes.
    private static async Task FillAsync(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "kinora.db");
        await using var database = SqliteDatabase.Open(path);
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();

        // Of the last days: what is older than a server keeps is deleted while it is looked at.
        var first = DateTimeOffset.UtcNow.AddDays(-2).ToUnixTimeMilliseconds();
        command.CommandText = $"""
            BEGIN;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Requests})
            INSERT INTO jobs (id, owner, endpoint, state, priority, max_attempts, created_at, started_at, ended_at, run_ms, failure_kind, failure_message, store_payloads, erased)
            SELECT printf('00000000-0000-4000-8000-%012d', i), 'local', 'fal-ai/kling-video/v3/standard/image-to-video', CASE WHEN i % 1000 = 0 THEN 3 ELSE 4 END, 0, 3,
                   {first} + i * 1000, {first} + i * 1000, {first + 5000} + i * 1000, 5000, CASE WHEN i % 1000 = 0 THEN 5 END, CASE WHEN i % 1000 = 0 THEN 'no' END, 1, 0 FROM n;
            INSERT INTO job_texts (job, folded, text) SELECT seq, text, text FROM (SELECT seq, 'a slow push in on number ' || seq || ', leaves drift' AS text FROM jobs);
            COMMIT;
            """;
        await command.ExecuteNonQueryAsync();
    }
}
