using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Kinora.Cli.Tests.Reliability;
using Kinora.Jobs.Tests;

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
        var told = (await OutputAsync(data, "requeue", id)).Trim();
        var again = told.Split(' ')[^1];
        Assert.Equal($"a copy of {id} is queued as {again}", told);
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

    [Theory]
    [MemberData(nameof(TestInstallation.Stores), MemberType = typeof(TestInstallation))]
    public async Task A_request_that_is_run_again_keeps_its_owner_its_tags_and_its_webhook(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        using var receiver = new HttpListener();
        var hook = $"http://127.0.0.1:{FindFreePort()}/hook/";
        receiver.Prefixes.Add(hook);
        receiver.Start();
        var front = await installation.StartFrontAsync("--allow-private-host", "127.0.0.1");
        var key = (await KinoraProcess.RunAsync(["keys", "create", "--name", "ci", .. installation.Place])).Output.Trim();
        front.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Key {key}");
        front.Http.DefaultRequestHeaders.TryAddWithoutValidation("X-Fal-Tags", """{"team": "films"}""");
        var ended = (await front.SubmitAsync($"{TestInstallation.Endpoint}?fal_webhook={Uri.EscapeDataString(hook)}", []))["request_id"]!.GetValue<string>();
        Assert.Equal(0, (await installation.AdminAsync("cancel", ended)).ExitCode);
        Assert.Equal(ended, await ReceiveAsync(receiver));

        var again = (await installation.AdminAsync("requeue", ended)).Output.Trim().Split(' ')[^1];
        await installation.StartWorkerAsync();
        Assert.Equal(again, await ReceiveAsync(receiver));

        var (before, after) = (await installation.FindJobAsync(ended), await installation.FindJobAsync(again));
        Assert.Contains("films", after.Tags, StringComparison.Ordinal);
        Assert.Equal((before.Owner, before.Tags, before.Engine, before.Input), (after.Owner, after.Tags, after.Engine, after.Input));
    }

    [Theory]
    [MemberData(nameof(TestInstallation.Stores), MemberType = typeof(TestInstallation))]
    public async Task Idle_and_busy_workers_are_shown_and_one_of_them_is_drained_and_resumed(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartFrontAsync();
        var one = await installation.StartWorkerAsync("--slots", "3", "--lease", "60");
        await UntilAsync(async () => (await WorkersAsync(installation)).Length == 1);
        Assert.Contains("idle 0 of 3", (await WorkersAsync(installation)).Single(), StringComparison.Ordinal);
        Assert.Contains("motion", (await WorkersAsync(installation)).Single(), StringComparison.Ordinal);

        var name = $"{Environment.MachineName}/{one.Id}";
        var running = await installation.SubmitAsync(front, "delay=4s");
        await front.WaitUntilRunningAsync(running);
        var impatient = await installation.AdminAsync("drain", name, "--timeout", "0");
        Assert.Equal((1, true), (impatient.ExitCode, impatient.Errors.Contains("claims no more", StringComparison.Ordinal)));
        var drained = await installation.AdminAsync("drain", name);
        Assert.Equal(0, drained.ExitCode);
        Assert.Equal("COMPLETED", (await front.StatusAsync(running))["status"]!.GetValue<string>());
        Assert.Contains("drained 0 of 3", (await WorkersAsync(installation)).Single(), StringComparison.Ordinal);

        // It claims nothing, others do.
        var waiting = await installation.SubmitAsync(front);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal("IN_QUEUE", (await front.StatusAsync(waiting))["status"]!.GetValue<string>());
        var two = await installation.StartWorkerAsync();
        await front.WaitUntilOverAsync(waiting, TimeSpan.FromSeconds(60));
        two.Signal(LastingProcess.Terminate);
        await two.WaitForExitAsync(TimeSpan.FromSeconds(60));
        Assert.Single(await WorkersAsync(installation));

        Assert.Equal(0, (await installation.AdminAsync("resume", name)).ExitCode);
        await front.WaitUntilOverAsync(await installation.SubmitAsync(front), TimeSpan.FromSeconds(60));
        Assert.Contains("there is no worker nobody", (await installation.AdminAsync("drain", "nobody")).Errors, StringComparison.Ordinal);
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

    /// <summary>The lines of <c>kinora admin workers</c>, with one space between two cells.</summary>
    private static async Task<string[]> WorkersAsync(TestInstallation installation) => (await installation.AdminAsync("workers")).Output.Split('\n')
        .Where(line => line.Contains(Environment.MachineName, StringComparison.Ordinal))
        .Select(line => string.Join(' ', line.Split(['│', '|', ' '], StringSplitOptions.RemoveEmptyEntries))).ToArray();

    private static async Task<string> ReceiveAsync(HttpListener receiver)
    {
        var call = await receiver.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(60));
        using var body = new StreamReader(call.Request.InputStream);
        var id = JsonNode.Parse(await body.ReadToEndAsync())!["request_id"]!.GetValue<string>();
        call.Response.Close();
        return id;
    }

    private static int FindFreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
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
