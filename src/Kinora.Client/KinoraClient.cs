using System.Text.Json.Nodes;
using Kinora.Client.Contracts;

namespace Kinora.Client;

/// <summary>
/// Speaks to a Kinora server, or to the hosted service that it stands in for.
/// Safe for use by many threads; it owns nothing, so the <see cref="HttpClient"/> is disposed of by who made it.
/// </summary>
public sealed class KinoraClient
{
    private static readonly TimeSpan s_cancelTimeout = TimeSpan.FromSeconds(5);

    private readonly WireConnection _connection;
    private readonly KinoraClientOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a client.</summary>
    /// <param name="http">
    /// The connection pool. Its <see cref="HttpClient.Timeout"/> bounds a whole synchronous run: for <see cref="RunAsync(ModelInput, CancellationToken)"/>
    /// set it to <see cref="Timeout.InfiniteTimeSpan"/> or longer than the work takes.
    /// </param>
    /// <param name="options">Where the server is; null for the hosted service without a key.</param>
    /// <param name="time">The clock for waits; null for the system's.</param>
    public KinoraClient(HttpClient http, KinoraClientOptions? options = null, TimeProvider? time = null)
    {
        _options = options ?? new KinoraClientOptions();
        _time = time ?? TimeProvider.System;
        _connection = new WireConnection(http, _options, _time);
        Storage = new Storage(_connection, _options);
        Queue = new Queue(_connection, Storage, _options);
    }

    /// <summary>The queue's own calls.</summary>
    public Queue Queue { get; }

    /// <summary>Uploads. Typed inputs upload by themselves what they hold.</summary>
    public Storage Storage { get; }

    /// <summary>Runs a request and waits on the one connection. Nothing is repeated; a broken connection ends the work. Prefer <see cref="SubscribeAsync(ModelInput, SubscribeOptions?, CancellationToken)"/>.</summary>
    /// <param name="endpointId">The endpoint, for example <c>fal-ai/kling-video/v3/standard/image-to-video</c>.</param>
    /// <param name="input">The endpoint's input.</param>
    /// <param name="cancellationToken">Ends the wait, and with the connection the work.</param>
    /// <exception cref="KinoraValidationException">The input was refused.</exception>
    /// <exception cref="KinoraApiException">The server answered with another error.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or the connection broke.</exception>
    public Task<VideoOutput> RunAsync(string endpointId, JsonObject input, CancellationToken cancellationToken = default)
    {
        var address = new Uri(_options.RunAddress, EndpointPath.OfEndpoint(endpointId));
        return _connection.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, address) { Content = Queue.ContentOf(input) }, isRepeatable: false, WireJson.Plain.VideoOutput, cancellationToken);
    }

    /// <summary>Uploads what the input holds and the server has not yet, runs a request and waits on the one connection.</summary>
    /// <inheritdoc cref="RunAsync(string, JsonObject, CancellationToken)" path="/param|/exception"/>
    public async Task<VideoOutput> RunAsync(ModelInput input, CancellationToken cancellationToken = default) =>
        await RunAsync(input.EndpointId, await input.UploadAsync(Storage, cancellationToken), cancellationToken);

    /// <summary>Submits a request, follows it, and fetches its result.</summary>
    /// <param name="endpointId">The endpoint, for example <c>fal-ai/kling-video/v3/standard/image-to-video</c>.</param>
    /// <param name="input">The endpoint's input.</param>
    /// <param name="options">Updates, logs, streaming; null waits silently.</param>
    /// <param name="cancellationToken">Ends the wait; the server is then asked to cancel the request.</param>
    /// <exception cref="KinoraValidationException">The input was refused.</exception>
    /// <exception cref="KinoraApiException">The request failed otherwise, or the server answered with an error.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<VideoOutput> SubscribeAsync(string endpointId, JsonObject input, SubscribeOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SubscribeOptions();
        var submitted = await Queue.SubmitAsync(endpointId, input, options.Submit, cancellationToken);
        try
        {
            options.OnUpdate?.Invoke(submitted);
            var follow = new RequestFollower(Queue, _options.PollInterval, _time, endpointId, submitted.RequestId, options);
            await follow.UntilCompletedAsync(cancellationToken);
            return await Queue.GetResultAsync(endpointId, submitted.RequestId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelQuietlyAsync(endpointId, submitted.RequestId);
            throw;
        }
    }

    /// <summary>Uploads what the input holds and the server has not yet, submits a request, follows it, and fetches its result.</summary>
    /// <inheritdoc cref="SubscribeAsync(string, JsonObject, SubscribeOptions?, CancellationToken)" path="/param|/exception"/>
    public async Task<VideoOutput> SubscribeAsync(ModelInput input, SubscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        await SubscribeAsync(input.EndpointId, await input.UploadAsync(Storage, cancellationToken), options, cancellationToken);

    /// <summary>The caller is leaving already: a server that cannot be reached any more must not keep it.</summary>
    private async Task CancelQuietlyAsync(string endpointId, string requestId)
    {
        using var timeout = new CancellationTokenSource(s_cancelTimeout, _time);
        try
        {
            await Queue.CancelAsync(endpointId, requestId, timeout.Token);
        }
        catch (Exception failure) when (failure is KinoraApiException or HttpRequestException or OperationCanceledException)
        {
        }
    }
}
