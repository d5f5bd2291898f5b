using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kinora.Server.Tests.Fetching;

/// <summary>
/// A host on loopback that does literally what a test says, right or wrong: it hands over the request's head and lets the test write bytes.
/// One connection serves one request.
/// </summary>
internal sealed class RawHttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, Stream, CancellationToken, Task> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly List<string> _requests = [];
    private readonly Task _loop;

    public RawHttpServer(Func<string, Stream, CancellationToken, Task> answer, X509Certificate2? certificate = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The heads of the requests so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public string Url(string path = "/picture.png", string host = "127.0.0.1") => $"{(_certificate is null ? "http" : "https")}://{host}:{Port}{path}";

    /// <summary>A host that always answers with these headers and this body.</summary>
    public static RawHttpServer Answering(string head, byte[]? body = null) => new((_, stream, stop) => WriteAsync(stream, head, body, stop));

    /// <summary>A host that answers properly.</summary>
    public static RawHttpServer Serving(byte[] body) => Answering($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}", body);

    /// <summary>Writes a head, the empty line and a body.</summary>
    public static async Task WriteAsync(Stream stream, string head, byte[]? body, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\n\r\n"), stop);
        await stream.WriteAsync(body ?? [], stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var tcp = new NetworkStream(socket, ownsSocket: true);
            await using var stream = await SecureAsync(tcp);
            var head = await ReadHeadAsync(stream);
            lock (_requests)
                _requests.Add(head);
            await _answer(head, stream, _stop.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client hung up, which is what many of these tests are about.
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream tcp)
    {
        if (_certificate is null)
            return tcp;
        var tls = new SslStream(tcp);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return tls;
    }

    private async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(buffer, _stop.Token) == 0)
                throw new IOException("The client hung up in mid-request.");
            head.Append((char)buffer[0]);
        }

        return head.ToString();
    }
}
