using System.Text.Json;
using Kinora.Client.Contracts;
using Kinora.Jobs;
using Kinora.Server.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary>
/// The only translator to HTTP errors. Bodies are <c>application/json</c>, never <c>application/problem+json</c>: <c>detail</c> is a sentence when the platform
/// refuses and a list when the model does.
/// </summary>
internal static class ErrorResponses
{
    /// <summary>What a cancelled job says of itself.</summary>
    public const string CancelledMessage = "Request was cancelled";

    /// <summary>Answers with a sentence.</summary>
    public static Task WriteAsync(HttpResponse response, int statusCode, string detail, string? errorType = null)
    {
        if (errorType is not null) response.Headers[WireHeaders.ErrorType] = errorType;
        return JsonResponse.WriteAsync(response, statusCode, new RequestErrorBody { Detail = detail, ErrorType = errorType }, WireJson.Plain.RequestErrorBody);
    }

    /// <summary>400 with a sentence that says what was expected and what came.</summary>
    public static Task WriteBadRequestAsync(HttpResponse response, string detail) =>
        WriteAsync(response, StatusCodes.Status400BadRequest, detail, "bad_request");

    /// <summary>404 for a request that is not there, is another owner's, or has expired: all three look alike.</summary>
    public static Task WriteRequestNotFoundAsync(HttpResponse response) =>
        JsonResponse.WriteAsync(response, StatusCodes.Status404NotFound, new CancelAnswer { Status = CancelState.NotFound }, WireJson.Plain.CancelAnswer);

    /// <summary>404 for an application that this server does not have.</summary>
    public static Task WriteApplicationNotFoundAsync(HttpResponse response, string application) =>
        WriteAsync(response, StatusCodes.Status404NotFound, $"Application \"{Shorten(application)}\" not found");

    /// <summary>404 for a path below a known application or host.</summary>
    public static Task WritePathNotFoundAsync(HttpResponse response, string path) =>
        WriteAsync(response, StatusCodes.Status404NotFound, $"Path {Shorten(path)} not found");

    /// <summary>405 with the methods that would do.</summary>
    public static Task WriteMethodNotAllowedAsync(HttpResponse response, string allowed)
    {
        response.Headers.Allow = allowed;
        return WriteAsync(response, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
    }

    /// <summary>413 with the limit.</summary>
    public static Task WriteTooLargeAsync(HttpResponse response, long maxBytes) =>
        WriteAsync(response, StatusCodes.Status413PayloadTooLarge, $"The request body is larger than the {maxBytes} bytes that this server takes.", "bad_request");

    /// <summary>422 with every violation.</summary>
    public static Task WriteViolationsAsync(HttpResponse response, IReadOnlyList<Violation> violations) =>
        WriteFailureAsync(response, ViolationDetail.ToFailure(violations));

    /// <summary>499 for a job that its owner stopped.</summary>
    public static Task WriteCancelledAsync(HttpResponse response) =>
        WriteAsync(response, FailureShape.Cancelled.StatusCode, CancelledMessage, FailureShape.Cancelled.ErrorType);

    /// <summary>The answer of a job that failed.</summary>
    public static Task WriteFailureAsync(HttpResponse response, JobFailure failure)
    {
        var shape = FailureShape.Of(failure);
        if (shape.IsUserTimeout) response.Headers[WireHeaders.RequestTimeoutType] = "user";
        if (!shape.IsModelError) return WriteAsync(response, shape.StatusCode, failure.Message, shape.ErrorType);

        response.Headers[WireHeaders.Retryable] = failure.CanRetry ? "true" : "false";
        response.Headers[WireHeaders.BillableUnits] = "0";
        if (shape.ErrorType is not null) response.Headers[WireHeaders.ErrorType] = shape.ErrorType;
        return JsonResponse.WriteAsync(response, shape.StatusCode, failure, WriteFailureBody);
    }

    /// <summary>The body of a job that failed, as its result and its webhook show it.</summary>
    public static void WriteFailureBody(Utf8JsonWriter writer, JobFailure failure)
    {
        var shape = FailureShape.Of(failure);
        if (!shape.IsModelError)
        {
            WriteSentence(writer, failure.Message, shape.ErrorType);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName("detail");
        writer.WriteRawValue(failure is { Kind: not JobFailureKind.Injected, Detail: { } detail } ? detail : DescribeModelError(shape, failure));
        writer.WriteEndObject();
    }

    /// <summary>The body of a job that its owner stopped.</summary>
    public static void WriteCancelledBody(Utf8JsonWriter writer) => WriteSentence(writer, CancelledMessage, FailureShape.Cancelled.ErrorType);

    private static void WriteSentence(Utf8JsonWriter writer, string detail, string? errorType) =>
        JsonSerializer.Serialize(writer, new RequestErrorBody { Detail = detail, ErrorType = errorType }, WireJson.Plain.RequestErrorBody);

    private static string DescribeModelError(FailureShape shape, JobFailure failure) =>
        ViolationDetail.ToJson([new Violation(["body"], failure.Message, shape.ErrorType ?? "value_error")]);

    // What a caller sent is repeated only as far as it helps.
    private static string Shorten(string text) => text.Length <= 200 ? text : string.Concat(text.AsSpan(0, 200), "…");
}
