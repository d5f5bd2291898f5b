using Kinora.Jobs;
using Kinora.Server.Faults;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Api;

/// <summary>How a failed job looks on the wire.</summary>
/// <param name="StatusCode">HTTP status of its result.</param>
/// <param name="ErrorType">The hosted service's word for it; null where the reasons stand in the list of violations.</param>
/// <param name="IsModelError">Whether <c>detail</c> is a list (the model refused or failed) or a sentence (the platform did).</param>
/// <param name="IsUserTimeout">Whether a time limit that the caller set ran out, so that clients do not try again by themselves.</param>
internal sealed record FailureShape(int StatusCode, string? ErrorType, bool IsModelError, bool IsUserTimeout = false)
{
    /// <summary>A cancelled job: it has no <see cref="JobFailure"/>.</summary>
    public static FailureShape Cancelled { get; } = new(StatusCodes.Status499ClientClosedRequest, "client_cancelled", false);

    /// <summary>Gives the shape of a failure.</summary>
    public static FailureShape Of(JobFailure failure) =>
        InjectedFailure.TypeOf(failure) is { } type ? new(type.StatusCode, type.Name, type.IsModelError) : Of(failure.Kind);

    /// <summary>The one table from which status code, body, headers and the status answer's <c>error</c> derive.</summary>
    public static FailureShape Of(JobFailureKind kind) => kind switch
    {
        JobFailureKind.InvalidInput => new(StatusCodes.Status422UnprocessableEntity, null, true),
        JobFailureKind.StartTimeout => new(StatusCodes.Status504GatewayTimeout, "request_timeout", false, IsUserTimeout: true),
        JobFailureKind.RunTimeout => new(StatusCodes.Status504GatewayTimeout, "request_timeout", false),
        JobFailureKind.WorkerLost => new(StatusCodes.Status503ServiceUnavailable, "runner_disconnected", false),
        JobFailureKind.OutOfResources => new(StatusCodes.Status500InternalServerError, "internal_server_error", true),
        JobFailureKind.EngineFault => new(StatusCodes.Status500InternalServerError, "internal_server_error", true),
        JobFailureKind.Injected => new(StatusCodes.Status500InternalServerError, "internal_error", false),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A failure kind without a shape."),
    };

    /// <summary>The status answer's <c>error</c>: a model error hides behind its code, a platform error speaks for itself.</summary>
    public string Summarise(string message) => IsModelError ? $"Invalid status code: {StatusCode}" : message;
}
