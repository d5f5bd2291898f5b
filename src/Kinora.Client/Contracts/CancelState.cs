using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>What came of a request to cancel.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CancelState>))]
public enum CancelState
{
    /// <summary>A queued request was removed, or a running one was told to stop (HTTP 202).</summary>
    [JsonStringEnumMemberName("CANCELLATION_REQUESTED")]
    CancellationRequested,

    /// <summary>Removed from the queue: the hosted service's newer word (HTTP 200). Kinora itself never writes it.</summary>
    [JsonStringEnumMemberName("OK")]
    Removed,

    /// <summary>Too late: it is over (HTTP 400).</summary>
    [JsonStringEnumMemberName("ALREADY_COMPLETED")]
    AlreadyCompleted,

    /// <summary>There is no such request (HTTP 404).</summary>
    [JsonStringEnumMemberName("NOT_FOUND")]
    NotFound,
}
