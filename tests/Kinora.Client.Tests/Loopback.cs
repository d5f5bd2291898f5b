using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kinora.Client.Tests;

/// <summary>A real HTTP server on a loopback port that answers as a test tells it to, and remembers what it was asked.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly Func<Asked, Answer> _answer;

    public Loopback(Func<Asked, Answer> answer)
    {
        _answer = answer;
        (_listener, Address) = Listen();
        _serving = ServeAsync();
        Http = new HttpClient();
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public ConcurrentQueue<Asked> Requests { get; } = [];

    /// <summary>A client of this server, as of a Kinora server, that does not wait long for anything.</summary>
    public KinoraClient Client(Func<KinoraClientOptions, KinoraClientOptions>? configure = null)
    {
        var options = KinoraClientOptions.ForServer(Address, "id:secret") with { RetryDelay = TimeSpan.FromMilliseconds(1), PollInterval = TimeSpan.FromMilliseconds(1) };
        return new KinoraClient(Http, configure?.Invoke(options) ?? options);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _listener.Abort();
        await _serving;
    }

    private static (HttpListener Listener, Uri Address) Listen()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            probe.Stop();
            var listener = new HttpListener { Prefixes = { address.AbsoluteUri } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                // Someone else took the port in between.
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await ReplyAsync(context);
        }
    }

    private async Task ReplyAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var request = new Asked(context.Request.HttpMethod, context.Request.RawUrl!, await reader.ReadToEndAsync(), name => context.Request.Headers[name]);
        Requests.Enqueue(request);
        var answer = _answer(request);
        if (answer.Body is null)
        {
            context.Response.ContentLength64 = 1000;
            await context.Response.OutputStream.WriteAsync("{"u8.ToArray());
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        context.Response.Close();
    }

    /// <summary>A request as it came.</summary>
    public sealed record Asked(string Method, string Target, string Body, Func<string, string?> Header)
    {
        public override string ToString() => $"{Method} {Target}";
    }

    /// <summary>What to answer; no body breaks the connection in the middle of one.</summary>
    public sealed record Answer(int Status, string? Body, string ContentType = "application/json")
    {
        public static readonly Answer Broken = new(0, null);

        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
    }
}
