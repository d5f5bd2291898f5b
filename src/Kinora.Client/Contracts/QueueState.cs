using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>
/// Where a request stands. There is no failed state: a request that failed is <see cref="Completed"/> with <see cref="QueueStatus.Error"/>,
/// and its result answers with the failure's own HTTP status.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueueState>))]
public enum QueueState
{
    /// <summary>Waiting for a worker; <see cref="QueueStatus.QueuePosition"/> says how many are ahead.</summary>
    [JsonStringEnumMemberName("IN_QUEUE")]
    InQueue,

    /// <summary>A worker has it.</summary>
    [JsonStringEnumMemberName("IN_PROGRESS")]
    InProgress,

    /// <summary>Over, well or badly: the result can be fetched.</summary>
    [JsonStringEnumMemberName("COMPLETED")]
    Completed,
}
