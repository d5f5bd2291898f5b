using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Tests;

/// <summary>
/// The Python package <c>fal-client</c> 1.0.1 as far as the wire can tell: the same requests with the same headers in the same order, the same reading of answers.
/// Where the package would raise <c>KeyError</c> or <c>ValueError</c>, or would send a request again by itself, this throws <see cref="PythonException"/>.
/// </summary>
/// <param name="runHost">The package's <c>FAL_RUN_HOST</c>.</param>
/// <param name="queueHost">The package's <c>FAL_QUEUE_RUN_HOST</c>.</param>
/// <param name="port">Where on loopback every host name leads, as a hosts file would have it.</param>
/// <param name="authorityPath">The package's <c>SSL_CERT_FILE</c>: the one authority that it trusts. It speaks https and nothing else.</param>
internal sealed partial class PythonClient(string runHost, string queueHost, int port, string authorityPath) : IDisposable
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { CertificateChainPolicy = Trust(authorityPath) },
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <summary>What was sent and answered, in order.</summary>
    public List<Exchange> Exchanges { get; } = [];

    public async Task<Handle> SubmitAsync(
        string application, JsonNode? arguments, string? hint = null, string? webhookUrl = null, string? priority = null, double? startTimeout = null)
    {
        var url = QueueUrl + application + (webhookUrl is null ? "" : "?fal_webhook=" + Uri.EscapeDataString(webhookUrl));
        using var response = await SendAsync(HttpMethod.Post, url, arguments, new()
        {
            ["X-Fal-Store-IO"] = "0",
            ["X-Fal-Runner-Hint"] = hint,
            ["X-Fal-Queue-Priority"] = priority,
            ["X-Fal-Request-Timeout"] = startTimeout?.ToString("0.0", CultureInfo.InvariantCulture),
        });
        var data = await ReadJsonAsync(response);
        return new Handle(Text(data, "request_id"), Text(data, "response_url"), Text(data, "status_url"), Text(data, "cancel_url"));
    }

    /// <summary>The handle that the package builds by itself from an endpoint and an id.</summary>
    public Handle GetHandle(string application, string requestId)
    {
        var parts = application.Split('/');
        var url = $"{QueueUrl}{parts[0]}/{parts[1]}/requests/{requestId}";
        return new Handle(requestId, url, url + "/status", url + "/cancel");
    }

    public async Task<Status> StatusAsync(Handle handle, bool withLogs)
    {
        using var response = await SendAsync(HttpMethod.Get, $"{handle.StatusUrl}?logs={(withLogs ? "true" : "false")}");
        var data = await ReadJsonAsync(response);
        return Text(data, "status") switch
        {
            "IN_QUEUE" => new Queued(Key(data, "queue_position").GetInt32()),
            "IN_PROGRESS" => new InProgress(Key(data, "logs")),
            "COMPLETED" => new Completed(Key(data, "logs"), Optional(data, "metrics"), Optional(data, "error")?.GetString(), Optional(data, "error_type")?.GetString()),
            var unknown => throw new PythonException($"ValueError: Unknown status: {unknown}"),
        };
    }

    public async IAsyncEnumerable<Status> IterEventsAsync(Handle handle, bool withLogs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var status = await StatusAsync(handle, withLogs);
            yield return status;
            if (status is Completed)
                break;
            await Task.Delay(s_pollInterval, cancellationToken);
        }
    }

    /// <summary>Waits for the end, and gives the result as the caller gets it.</summary>
    public async Task<JsonElement> GetAsync(Handle handle)
    {
        await foreach (var _ in IterEventsAsync(handle, withLogs: false))
        {
            // The package looks at nothing but the end.
        }

        return await ResultAsync(handle);
    }

    public async Task<JsonElement> ResultAsync(Handle handle)
    {
        using var response = await SendAsync(HttpMethod.Get, handle.ResponseUrl);
        return await ReadJsonAsync(response);
    }

    public async Task CancelAsync(Handle handle)
    {
        using var response = await SendAsync(HttpMethod.Put, handle.CancelUrl);
        await RaiseForStatusAsync(response);
    }

    public async Task<JsonElement> RunAsync(string application, JsonNode? arguments)
    {
        using var response = await SendAsync(HttpMethod.Post, RunUrl + application, arguments);
        return await ReadJsonAsync(response);
    }

    public async IAsyncEnumerable<JsonElement> StreamAsync(string application, JsonNode? arguments)
    {
        using var response = await SendAsync(
            HttpMethod.Post, $"{RunUrl}{application}/stream", arguments, new() { ["Accept"] = "text/event-stream", ["Cache-Control"] = "no-store" });
        await RaiseForStatusAsync(response);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            throw new PythonException("SSEError: Expected response header Content-Type to contain 'text/event-stream'");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
                yield return JsonDocument.Parse(line["data:".Length..]).RootElement;
        }
    }

    public void Dispose() => _http.Dispose();

    private string RunUrl => $"https://{runHost}/";

    private string QueueUrl => $"https://{queueHost}/";

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, JsonNode? body = null, Dictionary<string, string?>? headers = null)
    {
        using var request = new HttpRequestMessage(method, url);
        headers ??= [];
        headers.TryAdd("Accept", "*/*");
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate");
        request.Headers.TryAddWithoutValidation("Authorization", "Key id:secret");
        request.Headers.TryAddWithoutValidation("User-Agent", "fal-client/1.0.1 (python)");
        if (method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Exchanges.Add(new Exchange($"{method} {request.RequestUri!.PathAndQuery}", response.StatusCode, response.Headers));
        return response;
    }

    private static X509ChainPolicy Trust(string authorityPath) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authorityPath) },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response)
    {
        await RaiseForStatusAsync(response);
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
    }

    private static async Task RaiseForStatusAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return;
        var text = await response.Content.ReadAsStringAsync();
        var hasRequestId = response.Headers.Contains("x-fal-request-id");
        if ((int)response.StatusCode is 408 or 409 or 429 || ((int)response.StatusCode is 502 or 503 or 504 && !hasRequestId && text.Contains("nginx", StringComparison.Ordinal)))
            throw new PythonException($"The package sends a request again when it is answered {(int)response.StatusCode}: {text}");
        var body = text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null;
        var errorType = (string?)body?["error_type"] ?? (response.Headers.TryGetValues("x-fal-error-type", out var values) ? values.First() : null);
        throw new FalClientHttpException((int)response.StatusCode, body?["detail"] ?? text, errorType, response.Content.Headers.ContentType?.MediaType, hasRequestId);
    }

    private static JsonElement Key(JsonElement data, string name) => Optional(data, name) ?? throw new PythonException($"KeyError: '{name}'");

    private static string Text(JsonElement data, string name) => Key(data, name).GetString() ?? throw new PythonException($"'{name}' is None");

    private static JsonElement? Optional(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The package's handle; a rebuilt one must equal the submitted one.</summary>
    public sealed record Handle(string RequestId, string ResponseUrl, string StatusUrl, string CancelUrl);

    public abstract record Status;

    public sealed record Queued(int Position) : Status;

    public sealed record InProgress(JsonElement Logs) : Status;

    public sealed record Completed(JsonElement Logs, JsonElement? Metrics, string? Error, string? ErrorType) : Status;

    /// <summary>One request and the head of its answer.</summary>
    public sealed record Exchange(string Request, HttpStatusCode Status, HttpResponseHeaders Headers);
}
