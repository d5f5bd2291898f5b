using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Cli.Tests;

/// <summary>A receiver that has answered and a sender that dies before it can write that down.</summary>
public sealed class WebhookRestartTests
{
    private const string Endpoint = "fal-ai/kling-video/o3/standard/image-to-video";

    [Fact]
    public async Task Kill_9_between_2xx_received_and_recorded_gives_a_duplicate_and_never_a_loss()
    {
        using var data = new TemporaryDirectory();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hook = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook";
        string id, first;
        await using (var doomed = await ServerProcess.StartAsync(data.Path, "--allow-private-host", "127.0.0.1"))
        {
            // An input without a picture fails within milliseconds: the end of any kind is told.
            var submitted = await doomed.SubmitAsync($"{Endpoint}?fal_webhook={Uri.EscapeDataString(hook)}", []);
            id = submitted["request_id"]!.GetValue<string>();
            Assert.Equal(id, submitted["gateway_request_id"]!.GetValue<string>());
            using var connection = await AcceptAsync(listener);
            first = await ReadBodyAsync(connection);

            // Stopped, the process cannot read; the answer reaches its machine's socket, and the process dies with it unread.
            await SignalAsync("STOP", doomed.ProcessId);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            await doomed.KillAsync();
        }

        await using var server = await ServerProcess.StartAsync(data.Path, "--allow-private-host", "127.0.0.1");
        using (var connection = await AcceptAsync(listener))
        {
            Assert.Equal(first, await ReadBodyAsync(connection));
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        }

        Assert.Equal(id, JsonNode.Parse(first)!["request_id"]!.GetValue<string>());
        var delivery = await WaitForDeliveryAsync(server, id);
        Assert.Equal((2, 1), (delivery["tries"]!.GetValue<int>(), delivery["log"]!.AsArray().Count));
    }

    private static async Task<JsonNode> WaitForDeliveryAsync(ServerProcess server, string id)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var delivery = JsonNode.Parse(await server.Http.GetStringAsync($"/kinora/webhooks/{id}"))!;
            if (delivery["state"]!.GetValue<string>() == "delivered") return delivery;
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It is still {delivery.ToJsonString()}.");
            await Task.Delay(20);
        }
    }

    private static async Task<Socket> AcceptAsync(TcpListener listener)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await listener.AcceptSocketAsync(limit.Token);
    }

    private static async Task<string> ReadBodyAsync(Socket connection)
    {
        var received = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            received.Append(Encoding.UTF8.GetString(buffer, 0, await connection.ReceiveAsync(buffer)));
            var text = received.ToString();
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && text.EndsWith('}')) return text[(end + 4)..];
        }
    }

    private static async Task SignalAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{processId}"]);
        await kill.WaitForExitAsync();
    }
}
