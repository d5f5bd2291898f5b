namespace Kinora.Jobs.Limits;

/// <summary>What a <see cref="QueueLimit"/> counts.</summary>
public enum QueueLimitKind
{
    /// <summary>All running jobs.</summary>
    Queue = 0,

    /// <summary>The running jobs of an endpoint.</summary>
    Endpoint = 1,

    /// <summary>The running jobs of an owner.</summary>
    Owner = 2,
}
