using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kinora.Client;

/// <summary>Sends requests with the key, repeats those that may be repeated, and reads answers or their errors.</summary>
internal sealed class WireConnection(HttpClient http, KinoraClientOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(30);

    /// <summary>Sends and reads one JSON answer.</summary>
    /// <param name="create">Makes the request anew for each attempt.</param>
    /// <param name="isRepeatable">Whether sending it twice does no more than sending it once.</param>
    /// <param name="answerType">How to read the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KinoraApiException">The server answered with an error, or with something that cannot be read.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or the connection broke.</exception>
    public async Task<T> SendAsync<T>(Func<HttpRequestMessage> create, bool isRepeatable, JsonTypeInfo<T> answerType, CancellationToken cancellationToken)
    {
        // Reading the whole body is part of an attempt, so that an answer that breaks off is asked for again.
        using var response = await OpenAsync(create, isRepeatable, HttpCompletionOption.ResponseContentRead, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, answerType, cancellationToken) ?? throw new JsonException("Expected an object, got null.");
        }
        catch (JsonException failure)
        {
            throw ErrorAnswer.NotTheProtocol(response, "answer", failure);
        }
    }

    /// <summary>Sends and returns a successful answer, its body still unread.</summary>
    /// <inheritdoc cref="SendAsync" path="/param|/exception"/>
    public Task<HttpResponseMessage> OpenAsync(Func<HttpRequestMessage> create, bool isRepeatable, CancellationToken cancellationToken) =>
        OpenAsync(create, isRepeatable, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private async Task<HttpResponseMessage> OpenAsync(
        Func<HttpRequestMessage> create, bool isRepeatable, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        var response = await TryAsync(create, isRepeatable, completion, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ErrorAnswer.ReadAsync(response, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> TryAsync(
        Func<HttpRequestMessage> create, bool isRepeatable, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isLast = !isRepeatable || attempt >= options.MaxAttempts;
            var delay = options.RetryDelay * Math.Pow(2, attempt - 1);
            try
            {
                var response = await SendOnceAsync(create, completion, cancellationToken);
                if (isLast || !IsPassing(response))
                {
                    return response;
                }

                delay = response.Headers.RetryAfter?.Delta ?? delay;
                response.Dispose();
            }
            catch (HttpRequestException) when (!isLast)
            {
            }

            await Task.Delay(delay < s_longestDelay ? delay : s_longestDelay, time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> create, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var request = create();
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("kinora-client", "0.1"));
        if (options.Key is { } key && options.IsOfServer(request.RequestUri!))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Key", key);
        }

        return await http.SendAsync(request, completion, cancellationToken);
    }

    /// <summary>
    /// Whether trying again may help. A 502, 503 or 504 with a request id comes from the service itself and is the request's own fate;
    /// without one, it comes from something in between.
    /// </summary>
    private static bool IsPassing(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ErrorAnswer.RequestIdOf(response) is null,
        _ => false,
    };
}
