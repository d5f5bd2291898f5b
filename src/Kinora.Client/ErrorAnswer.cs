using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Client.Contracts;

namespace Kinora.Client;

/// <summary>Turns an error answer into an exception, whatever stands between the server and here.</summary>
internal static class ErrorAnswer
{
    private const int MaxBodyBytes = 1024 * 1024;
    private const int MaxForeignText = 200;

    /// <summary>Reads the answer.</summary>
    public static async Task<KinoraApiException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(response, cancellationToken);
        var requestId = RequestIdOf(response);
        var errorType = HeaderOf(response, "x-fal-error-type");
        return Parse(text) is not JsonObject body
            ? new KinoraApiException(response.StatusCode, Foreign(response, text), requestId, errorType)
            : FromBody(response.StatusCode, body, requestId, errorType);
    }

    /// <summary>The request id that an answer names, or null.</summary>
    public static string? RequestIdOf(HttpResponseMessage response) => HeaderOf(response, "x-fal-request-id");

    /// <summary>A successful answer that cannot be read: something else than the server answered.</summary>
    public static KinoraApiException NotTheProtocol(HttpResponseMessage response, string what, JsonException failure) =>
        new(response.StatusCode, $"The {what} is not what the protocol says: {failure.Message}", RequestIdOf(response), errorType: null, failure);

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static KinoraApiException FromBody(HttpStatusCode status, JsonObject body, string? requestId, string? errorType)
    {
        if (TryReadDetails(body) is not { } details)
        {
            var message = body["detail"] ?? body["message"] ?? body["status"] ?? body;
            return new(status, message is JsonValue ? message.ToString() : message.ToJsonString(), requestId, body["error_type"]?.ToString() ?? errorType);
        }

        var sentences = string.Join("; ", details.Select(detail => $"{string.Join('.', detail.Loc)}: {detail.Msg}"));
        return status == HttpStatusCode.UnprocessableEntity
            ? new KinoraValidationException(sentences, requestId, details)
            : new KinoraApiException(status, sentences, requestId, details.Count > 0 ? details[0].Type : errorType);
    }

    private static IReadOnlyList<ErrorDetail>? TryReadDetails(JsonObject body)
    {
        try
        {
            return body["detail"] is JsonArray ? body.Deserialize(WireJson.Plain.ModelErrorBody)?.Detail : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Foreign(HttpResponseMessage response, string text) =>
        $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}: {(text.Length > MaxForeignText ? text[..MaxForeignText] + "…" : text)}".TrimEnd(' ', ':');

    private static async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[MaxBodyBytes];
        var count = await body.ReadAtLeastAsync(bytes, MaxBodyBytes, throwOnEndOfStream: false, cancellationToken);
        return System.Text.Encoding.UTF8.GetString(bytes, 0, count);
    }
}
