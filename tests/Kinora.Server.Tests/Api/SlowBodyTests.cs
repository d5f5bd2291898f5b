using System.Net.Sockets;
using System.Text;

namespace Kinora.Server.Tests.Api;

/// <summary>Clients that send a byte now and then to keep a connection and what stands behind it busy.</summary>
public sealed class SlowBodyTests
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task A_body_that_only_trickles_is_given_up_while_others_are_served()
    {
        await using var server = await ApiServer.StartAsync();
        string[] paths = ["/queue/" + ApiServer.Turbo, "/" + ApiServer.Turbo, "/storage/upload/initiate"];

        var answers = Task.WhenAll(paths.Select(path => TrickleAsync(server, path)));
        while (!answers.IsCompleted)
        {
            Assert.Equal(200, (await server.SendAsync("GET", "/healthz")).Code);
            await Task.WhenAny(answers, Task.Delay(s_pause));
        }

        Assert.All(await answers, answer => Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal));
        Assert.All(await answers, answer => Assert.Contains("application/json", answer, StringComparison.Ordinal));
        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    // Two bytes a second are far below the 240 that the server gives a body five seconds to reach. No more are sent after four seconds: what arrives at a closed connection would take its answer away.
    private static async Task<string> TrickleAsync(ApiServer server, string path)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n{{"));
        for (var i = 0; i < 8; i++)
        {
            await Task.Delay(s_pause);
            await tcp.GetStream().WriteAsync(" "u8.ToArray());
        }

        return await ReadToEndAsync(tcp.GetStream()).WaitAsync(TimeSpan.FromSeconds(30));
    }

    // The server answers and drops the connection with what it did not read: a reset is the end too.
    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        var (answer, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await stream.ReadAsync(buffer) is var read and > 0)
                answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
        }

        return answer.ToString();
    }
}
