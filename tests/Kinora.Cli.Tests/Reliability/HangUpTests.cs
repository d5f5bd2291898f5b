using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests.Reliability;

/// <summary>Clients of a real server hang up in the middle.</summary>
public sealed class HangUpTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static TheoryData<TestStore> Stores => TestInstallation.Stores;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_synchronous_run_ends_with_its_connection(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartFrontAsync();
        await installation.StartWorkerAsync();
        using (var connection = await SendAsync(front, $"POST /{TestInstallation.Endpoint} HTTP/1.1\r\nx-kinora-fault: delay=60s\r\n", installation.Input.ToJsonString()))
            await UntilQueueShowsAsync(installation, "0 queued", "1 running");

        await UntilQueueShowsAsync(installation, "0 queued", "0 running");
        var verdict = await installation.ReadVerdictAsync();
        Assert.Equal((1, 0, 0), (verdict.Cancelled, verdict.Completed, verdict.DoubleBills));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_upload_that_breaks_off_leaves_nothing_and_may_be_made_again(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartFrontAsync();
        using var announced = await front.Http.PostAsJsonAsync("/storage/upload/initiate?storage_type=fal-cdn-v3", new { content_type = "image/png", file_name = "a.png" });
        var upload = (await announced.Content.ReadFromJsonAsync<JsonNode>())!;
        var target = new Uri(upload["upload_url"]!.GetValue<string>());
        using (await SendAsync(front, $"PUT {target.PathAndQuery} HTTP/1.1\r\nContent-Type: image/png\r\n", "half", length: 8))
        {
            while (Staged(installation).Length == 0)
                await Task.Delay(10);
        }

        while (Staged(installation).Length > 0)
            await Task.Delay(10);
        var file = new Uri(upload["file_url"]!.GetValue<string>());
        using var before = await front.Http.GetAsync(file.PathAndQuery);
        using var again = await front.Http.PutAsync(target.PathAndQuery, new StringContent("complete", Encoding.ASCII, "image/png"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (before.StatusCode, again.StatusCode));
        Assert.Equal("complete", await front.Http.GetStringAsync(file.PathAndQuery));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_request_whose_watcher_is_gone_goes_on_and_completes(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        var front = await installation.StartFrontAsync();
        await installation.StartWorkerAsync();
        var id = await installation.SubmitAsync(front, "delay=1s");
        for (var i = 0; i < 10; i++)
        {
            using var connection = await SendAsync(front, $"GET /queue/fal-ai/kling-video/requests/{id}/status/stream HTTP/1.1\r\n", "");
            var received = new byte[1];
            Assert.Equal(1, await connection.ReceiveAsync(received));
        }

        Assert.Null((await front.WaitUntilOverAsync(id, s_patience))["error"]);
        var verdict = await installation.ReadVerdictAsync(id);
        Assert.True(verdict.IsGood, $"{verdict}");
        Assert.Equal((1, 1), (verdict.Completed, verdict.Attempts));
    }

    private static string[] Staged(TestInstallation installation) => Directory.Exists(Path.Combine(installation.DataPath, "uploads"))
        ? Directory.GetFiles(Path.Combine(installation.DataPath, "uploads"), "*", SearchOption.AllDirectories)
        : [];

    /// <summary>Sends a request over a connection that the caller cuts.</summary>
    private static async Task<Socket> SendAsync(ServerProcess front, string head, string body, int? length = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(front.Address.Host, front.Address.Port);
        await socket.SendAsync(Encoding.UTF8.GetBytes($"{head}Host: {front.Address.Authority}\r\nContent-Length: {length ?? Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        return socket;
    }

    private static async Task UntilQueueShowsAsync(TestInstallation installation, params string[] counts)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            var shown = (await installation.AdminAsync("queue")).Output;
            if (counts.All(count => shown.Contains(count, StringComparison.Ordinal)))
                return;
        }

        Assert.Fail($"The queue never showed {string.Join(", ", counts)}.");
    }
}
