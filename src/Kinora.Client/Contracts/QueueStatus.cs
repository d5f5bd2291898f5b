using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>
/// The answer to a submit, to a status call and in every event of the status stream.
/// <c>logs</c> is always written, as null when none were asked for: the Python client reads the key without asking whether it is there.
/// </summary>
public sealed record QueueStatus
{
    /// <summary>Where the request stands.</summary>
    public required QueueState Status { get; init; }

    /// <summary>The id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The same id once more, in the answer to a submit with a webhook; null and not written otherwise.</summary>
    public string? GatewayRequestId { get; init; }

    /// <summary>Where the result is fetched, absolute and without a query string.</summary>
    public required string ResponseUrl { get; init; }

    /// <summary>Where the status is fetched, absolute and without a query string.</summary>
    public required string StatusUrl { get; init; }

    /// <summary>Where a PUT cancels, absolute and without a query string.</summary>
    public required string CancelUrl { get; init; }

    /// <summary>The log lines, or null when they were not asked for. In a status stream: only the lines that are new since the last event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<LogEntry>? Logs { get; init; }

    /// <summary>Measurements: empty in the answer to a submit, filled when completed, otherwise null and not written.</summary>
    public QueueMetrics? Metrics { get; init; }

    /// <summary>How many requests are ahead of this one; 0 means next. Must be set while <see cref="QueueState.InQueue"/>, null otherwise.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Why the request failed, in words; null and not written if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Why the request failed, for programs, for example <c>client_cancelled</c>; null and not written if it did not.</summary>
    public string? ErrorType { get; init; }
}
