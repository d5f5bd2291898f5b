using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Kinora.Server.Tests.Fetching;

namespace Kinora.Server.Tests.Webhooks;

/// <summary>A receiver on a real socket that answers what a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly RawHttpServer _server;
    private readonly List<(string Head, byte[] Body)> _received = [];

    /// <param name="answer">Given how many requests came before, the answer's head; null: never answers.</param>
    /// <param name="certificate">Speaks TLS with it.</param>
    public Receiver(Func<int, string?> answer, X509Certificate2? certificate = null) => _server = new RawHttpServer(
        async (head, stream, stop) =>
        {
            var body = new byte[int.Parse(Header(head, "Content-Length"), CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, stop);
            int before;
            lock (_received)
            {
                before = _received.Count;
                _received.Add((head, body));
            }

            if (answer(before) is { } text) await RawHttpServer.WriteAsync(stream, text + "\r\nContent-Length: 0", null, stop);
            else await Task.Delay(Timeout.Infinite, stop);
        },
        certificate);

    public IReadOnlyList<(string Head, byte[] Body)> Received
    {
        get
        {
            lock (_received) return [.. _received];
        }
    }

    public static Receiver Answering(string head) => new(_ => head);

    public string Url(string host = "127.0.0.1") => _server.Url("/hook?x=1", host);

    public static string Header(string head, string name) =>
        head.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
