using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>One line that a request wrote while it ran.</summary>
public sealed record LogEntry
{
    /// <summary>The text.</summary>
    public required string Message { get; init; }

    /// <summary><c>STDERR</c>, <c>STDOUT</c>, <c>ERROR</c>, <c>INFO</c>, <c>WARN</c> or <c>DEBUG</c>. Default <c>INFO</c>.</summary>
    public string Level { get => field ?? "INFO"; init; }

    /// <summary>Who wrote it. Default <c>USER</c>, the only value that the hosted service documents.</summary>
    public string Source { get => field ?? "USER"; init; }

    /// <summary>When, written in UTC to the millisecond.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public DateTimeOffset Timestamp { get; init; }
}
