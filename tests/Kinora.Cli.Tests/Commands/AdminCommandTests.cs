using System.Text.Json.Nodes;

namespace Kinora.Cli.Tests.Commands;

/// <summary>An operator looks after a server that is running.</summary>
public sealed class AdminCommandTests
{
    private const string Endpoint = "fal-ai/kling-video/v3/turbo/standard/image-to-video";

    [Fact]
    public async Task Requests_are_seen_cancelled_and_run_again()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "--slots", "0");
        var id = await SubmitAsync(server);

        Assert.Contains(id, await OutputAsync(data, "queue"), StringComparison.Ordinal);
        Assert.Contains("1 queued", await OutputAsync(data, "queue"), StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(data, "cancel", id)).ExitCode);
        Assert.Contains("ended already", (await RunAsync(data, "cancel", id)).Errors, StringComparison.Ordinal);
        var again = (await OutputAsync(data, "requeue", id)).Trim().Split(' ')[^1];
        Assert.NotEqual(id, again);
        Assert.Contains(again, await OutputAsync(data, "queue"), StringComparison.Ordinal);
        Assert.Contains("no request", (await RunAsync(data, "requeue", Guid.NewGuid().ToString())).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drain_waits_for_what_runs_and_nothing_new_starts()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "--instant", "--faults");
        await SubmitAsync(server, "delay=3s");
        await UntilAsync(async () => (await OutputAsync(data, "workers")).Contains(Environment.MachineName, StringComparison.Ordinal));

        var impatient = await RunAsync(data, "drain", "--timeout", "0");
        var drained = await RunAsync(data, "drain");
        await SubmitAsync(server);
        await Task.Delay(1_000);

        Assert.Equal(1, impatient.ExitCode);
        Assert.Contains("1 running", impatient.Output, StringComparison.Ordinal);
        Assert.Equal(0, drained.ExitCode);
        Assert.Contains("0 running", drained.Output, StringComparison.Ordinal);
        Assert.Contains("1 queued", await OutputAsync(data, "queue"), StringComparison.Ordinal);
        Assert.Contains("PAUSED", await OutputAsync(data, "queue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_with_its_files_restores_to_a_server_that_serves_the_old_results()
    {
        using var data = new TemporaryDirectory();
        using var restored = new TemporaryDirectory();
        JsonObject result;
        await using (var server = await ServerProcess.StartAsync(data.Path, "--instant"))
        {
            var id = await SubmitAsync(server);
            await server.WaitUntilOverAsync(id, TimeSpan.FromSeconds(60));
            using var answer = await server.ResultAsync(id);
            result = (JsonObject)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal(0, (await RunAsync(data, "backup", Path.Combine(restored.Path, "kinora.db"))).ExitCode);
            CopyDirectory(Path.Combine(data.Path, "blobs"), Path.Combine(restored.Path, "blobs"));
        }

        Assert.Contains("all rules hold", await OutputAsync(restored, "verify"), StringComparison.Ordinal);
        await using var second = await ServerProcess.StartAsync(restored.Path, "--instant");
        var path = new Uri(result["video"]!["url"]!.GetValue<string>()).AbsolutePath;
        Assert.NotEmpty(await second.Http.GetByteArrayAsync(path));
    }

    [Fact]
    public async Task Verify_tells_of_lost_and_forgotten_files_and_mends_what_it_may()
    {
        using var data = new TemporaryDirectory();
        await using (var server = await ServerProcess.StartAsync(data.Path, "--instant"))
        {
            await server.WaitUntilOverAsync(await SubmitAsync(server), TimeSpan.FromSeconds(60));
        }

        var forgotten = Path.Combine(data.Path, "blobs/files/b/00000000/aaaaaaaaaaaaaaaaaaaaa_old.mp4");
        Directory.CreateDirectory(Path.GetDirectoryName(forgotten)!);
        await File.WriteAllTextAsync(forgotten, "old");
        File.SetLastWriteTimeUtc(forgotten, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-3));

        Assert.Contains("can be repaired: Every file in the storage belongs to something", (await RunAsync(data, "verify")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(data, "verify", "--repair")).ExitCode);
        Assert.False(File.Exists(forgotten));
        Assert.Contains("all rules hold", await OutputAsync(data, "verify"), StringComparison.Ordinal);

        var clip = Directory.EnumerateFiles(Path.Combine(data.Path, "blobs/files"), "*.mp4", SearchOption.AllDirectories).Single();
        File.Delete(clip);
        var lost = await RunAsync(data, "verify", "--repair");
        Assert.Equal(1, lost.ExitCode);
        Assert.Contains("needs a person: Every file that the database names is in the storage.", lost.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(data, "vacuum")).ExitCode);
    }

    private static async Task<string> SubmitAsync(ServerProcess server, string? faults = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/queue/{Endpoint}") { Content = new StringContent("""{"image_url":"https://example.org/a.png","prompt":"slow push in"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        if (faults is not null)
            request.Headers.Add("x-kinora-fault", faults);
        using var answer = await server.Http.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["request_id"]!.GetValue<string>();
    }

    private static Task<KinoraProcess> RunAsync(TemporaryDirectory data, params string[] arguments) => KinoraProcess.RunAsync(["admin", .. arguments, "--data", data.Path]);

    private static async Task<string> OutputAsync(TemporaryDirectory data, params string[] arguments)
    {
        var run = await RunAsync(data, arguments);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return run.Output;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
            Assert.True(tries < 60, "It did not come to pass.");
    }

    private static void CopyDirectory(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
