using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Client.Contracts;

namespace Kinora.Client;

/// <summary>
/// The queue: submit now, look at the status, fetch the result later, also from another process that only knows the request's id.
/// Every call throws <see cref="KinoraApiException"/> when the server answers with an error, and <see cref="HttpRequestException"/> when it cannot be reached.
/// </summary>
public sealed class Queue
{
    private readonly WireConnection _connection;
    private readonly Storage _storage;
    private readonly KinoraClientOptions _options;

    internal Queue(WireConnection connection, Storage storage, KinoraClientOptions options) => (_connection, _storage, _options) = (connection, storage, options);

    /// <summary>Puts a request into the queue. Its input is checked when it runs: a bad one fails then, not now.</summary>
    /// <param name="endpointId">The endpoint, for example <c>fal-ai/kling-video/v3/standard/image-to-video</c>.</param>
    /// <param name="input">The endpoint's input.</param>
    /// <param name="options">Priority, start time-out, webhook; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>The request's id, URLs and place in the queue.</returns>
    public Task<QueueStatus> SubmitAsync(string endpointId, JsonObject input, SubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SubmitOptions();
        var query = options.Webhook is { } webhook ? "?fal_webhook=" + Uri.EscapeDataString(webhook.AbsoluteUri) : "";
        var address = new Uri(_options.QueueAddress, EndpointPath.OfEndpoint(endpointId) + query);
        var idempotencyKey = options.IdempotencyKey ?? Guid.NewGuid().ToString();
        return _connection.SendAsync(
            () => CreateSubmit(address, input, options, idempotencyKey), _options.ReplaysSubmits, WireJson.Plain.QueueStatus, cancellationToken);
    }

    /// <summary>Uploads what the input holds and the server has not yet, and puts a request into the queue. Its input is checked when it runs: a bad one fails then, not now.</summary>
    /// <inheritdoc cref="SubmitAsync(string, JsonObject, SubmitOptions?, CancellationToken)" path="/param|/returns"/>
    public async Task<QueueStatus> SubmitAsync(ModelInput input, SubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        await SubmitAsync(input.EndpointId, await input.UploadAsync(_storage, cancellationToken), options, cancellationToken);

    /// <summary>Looks where a request stands.</summary>
    /// <param name="endpointId">The endpoint it was submitted to.</param>
    /// <param name="requestId">Its id.</param>
    /// <param name="withLogs">Whether to bring all log lines so far.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    public Task<QueueStatus> GetStatusAsync(string endpointId, string requestId, bool withLogs = false, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(() => Get(endpointId, requestId, "/status" + Logs(withLogs)), isRepeatable: true, WireJson.Plain.QueueStatus, cancellationToken);

    /// <summary>Listens to a request until it is completed, or the server or the network ends the stream before that.</summary>
    /// <inheritdoc cref="GetStatusAsync" path="/param"/>
    /// <returns>Every change; <see cref="QueueStatus.Logs"/> holds only lines that are new since the last one.</returns>
    /// <exception cref="HttpRequestException">The stream broke.</exception>
    public async IAsyncEnumerable<QueueStatus> StreamStatusAsync(
        string endpointId, string requestId, bool withLogs = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var response = await _connection.OpenAsync(() => GetStream(endpointId, requestId, withLogs), isRepeatable: true, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body, (_, data) => Read(response, data)).EnumerateAsync(cancellationToken))
        {
            yield return item.Data;
            if (item.Data.Status == QueueState.Completed)
            {
                yield break;
            }
        }
    }

    /// <summary>Fetches the result of a completed request.</summary>
    /// <param name="endpointId">The endpoint it was submitted to.</param>
    /// <param name="requestId">Its id.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <exception cref="KinoraValidationException">Its input was refused.</exception>
    /// <exception cref="KinoraApiException">It failed otherwise, is not completed yet (HTTP 400), or there is no such request (HTTP 404).</exception>
    public Task<VideoOutput> GetResultAsync(string endpointId, string requestId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(() => Get(endpointId, requestId), isRepeatable: true, WireJson.Plain.VideoOutput, cancellationToken);

    /// <summary>Asks for the end of a request: one in the queue is removed, a running one is told to stop.</summary>
    /// <param name="endpointId">The endpoint it was submitted to.</param>
    /// <param name="requestId">Its id.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>What came of it; a request that is over or unknown is an answer, not an exception.</returns>
    public async Task<CancelState> CancelAsync(string endpointId, string requestId, CancellationToken cancellationToken = default)
    {
        var address = new Uri(_options.QueueAddress, EndpointPath.OfRequest(endpointId, requestId, "/cancel"));
        try
        {
            var answer = await _connection.SendAsync(
                () => new HttpRequestMessage(HttpMethod.Put, address), isRepeatable: true, WireJson.Plain.CancelAnswer, cancellationToken);
            return answer.Status;
        }
        catch (KinoraApiException failure) when (failure is { StatusCode: HttpStatusCode.BadRequest, Message: "ALREADY_COMPLETED" })
        {
            return CancelState.AlreadyCompleted;
        }
        catch (KinoraApiException failure) when (failure is { StatusCode: HttpStatusCode.NotFound, Message: "NOT_FOUND" })
        {
            return CancelState.NotFound;
        }
    }

    private static HttpRequestMessage CreateSubmit(Uri address, JsonObject input, SubmitOptions options, string idempotencyKey)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = ContentOf(input) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        request.Headers.Add("X-Fal-Queue-Priority", options.Priority == RequestPriority.Low ? "low" : "normal");
        if (options.StartTimeout is { } timeout)
        {
            request.Headers.Add("X-Fal-Request-Timeout", timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }

        return request;
    }

    /// <summary>An input as a request body.</summary>
    internal static HttpContent ContentOf(JsonObject input) =>
        new StringContent(input.ToJsonString(WireJson.Plain.Options), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));

    private static string Logs(bool withLogs) => withLogs ? "?logs=1" : "?logs=0";

    private static QueueStatus Read(HttpResponseMessage response, ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, WireJson.Plain.QueueStatus) ?? throw new JsonException("Expected a status, got null.");
        }
        catch (JsonException failure)
        {
            throw ErrorAnswer.NotTheProtocol(response, "status stream", failure);
        }
    }

    private HttpRequestMessage Get(string endpointId, string requestId, string below = "") =>
        new(HttpMethod.Get, new Uri(_options.QueueAddress, EndpointPath.OfRequest(endpointId, requestId, below)));

    private HttpRequestMessage GetStream(string endpointId, string requestId, bool withLogs)
    {
        var request = Get(endpointId, requestId, "/status/stream" + Logs(withLogs));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return request;
    }
}
