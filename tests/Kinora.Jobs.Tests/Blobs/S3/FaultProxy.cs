using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kinora.Jobs.Tests.Blobs.S3;

/// <summary>Stands between a client and a real HTTP server and spoils what a test wants spoilt. One request a connection.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _target;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;

    internal FaultProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>What came, with its headers, in order.</summary>
    internal ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Looks at a request (its line and headers) and says what becomes of it; null: it goes through.</summary>
    internal Func<string, ProxyFault?> Judge { get; set; } = _ => null;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_over.IsCancellationRequested)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var near = client.GetStream();
                var (head, rest) = await ReadHeadAsync(near);
                Requests.Enqueue(head);
                await ServeAsync(near, head, rest, Judge(head));
            }
            catch (Exception problem) when (problem is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side hung up.
            }
        }
    }

    private async Task ServeAsync(NetworkStream near, string head, byte[] rest, ProxyFault? fault)
    {
        switch (fault)
        {
            case ProxyFault.Drop:
                near.Socket.LingerState = new LingerOption(true, 0);
                return;
            case ProxyFault.Hang:
                await Task.Delay(Timeout.Infinite, _over.Token);
                return;
            case ProxyFault.Answer answer:
                // The body is read, as a real server would, so that the client sees the answer and not a broken pipe.
                await AnswerAsync(near, answer);
                await near.CopyToAsync(Stream.Null, _over.Token);
                return;
            default:
                await ForwardAsync(near, head, rest, fault);
                return;
        }
    }

    private async Task ForwardAsync(NetworkStream near, string head, byte[] rest, ProxyFault? fault)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(_target.Host, _target.Port, _over.Token);
        var far = server.GetStream();
        await far.WriteAsync(Encoding.Latin1.GetBytes(head.TrimEnd() + "\r\nConnection: close\r\n\r\n"), _over.Token);
        await far.WriteAsync(rest, _over.Token);
        var there = near.CopyToAsync(far, _over.Token);
        switch (fault)
        {
            case ProxyFault.CutAnswerAfter cut:
                await CopyAsync(far, near, cut.Bytes);
                near.Socket.LingerState = new LingerOption(true, 0);
                break;
            case ProxyFault.StallAnswerAfter stall:
                await CopyAsync(far, near, stall.Bytes);
                await Task.Delay(Timeout.Infinite, _over.Token);
                break;
            case ProxyFault.LoseAnswer:
                await far.CopyToAsync(Stream.Null, _over.Token);
                near.Socket.LingerState = new LingerOption(true, 0);
                break;
            default:
                await far.CopyToAsync(near, _over.Token);
                break;
        }

        near.Close();
        await there.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AnswerAsync(NetworkStream near, ProxyFault.Answer answer)
    {
        string body = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{answer.Code}</Code><Message>As the test wants it.</Message></Error>";
        await near.WriteAsync(
            Encoding.Latin1.GetBytes($"HTTP/1.1 {answer.Status} Fault\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"),
            _over.Token);
        near.Socket.Shutdown(SocketShutdown.Send);
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, long bytes)
    {
        byte[] buffer = new byte[16 << 10];
        while (bytes > 0 && await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), _over.Token) is var read and > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), _over.Token);
            bytes -= read;
        }
    }

    private async Task<(string Head, byte[] Body)> ReadHeadAsync(NetworkStream near)
    {
        var bytes = new List<byte>();
        byte[] buffer = new byte[16 << 10];
        while (true)
        {
            int read = await near.ReadAsync(buffer, _over.Token);
            if (read == 0)
                throw new IOException("The client hung up.");
            bytes.AddRange(buffer.AsSpan(0, read));
            byte[] all = [.. bytes];
            int end = all.AsSpan().IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return (Encoding.Latin1.GetString(all, 0, end + 4), all[(end + 4)..]);
        }
    }
}
