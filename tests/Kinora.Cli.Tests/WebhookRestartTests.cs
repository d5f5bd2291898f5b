using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Cli.Tests.Reliability;
using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests;

/// <summary>A receiver that has answered and a sender that dies before it can write that down.</summary>
public sealed class WebhookRestartTests
{
    [Theory]
    [MemberData(nameof(TestInstallation.Stores), MemberType = typeof(TestInstallation))]
    public async Task Kill_9_between_2xx_received_and_recorded_gives_a_duplicate_and_never_a_loss(TestStore store)
    {
        await using var installation = await TestInstallation.CreateAsync(store);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hook = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook";
        var doomed = await installation.StartServerAsync("--allow-private-host", "127.0.0.1");

        // An input without a picture fails within milliseconds: the end of any kind is told.
        var submitted = await doomed.SubmitAsync($"{TestInstallation.Endpoint}?fal_webhook={Uri.EscapeDataString(hook)}", []);
        var id = submitted["request_id"]!.GetValue<string>();
        Assert.Equal(id, submitted["gateway_request_id"]!.GetValue<string>());
        using var answered = await AcceptAsync(listener);
        var first = await ReadBodyAsync(answered);

        // Stopped, the process cannot read; the answer reaches its machine's socket, and the process dies with it unread.
        doomed.Process.Signal(LastingProcess.Stop);
        await answered.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        await doomed.KillAsync();

        // Where only a lease tells that a sender is gone, it takes two minutes to run out; here they pass at once.
        if (store == TestStore.Postgres)
            await installation.ExecuteAsync("UPDATE webhook_deliveries SET lease_until = 0");

        var server = await installation.StartServerAsync("--allow-private-host", "127.0.0.1");
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
}
