namespace Kinora.Jobs.Webhooks;

/// <summary>Where a delivery is in its life.</summary>
public enum WebhookState
{
    /// <summary>Its job has not ended.</summary>
    Waiting = 0,

    /// <summary>To be sent, for the first time or again.</summary>
    Due = 1,

    /// <summary>The receiver acknowledged it.</summary>
    Delivered = 2,

    /// <summary>No further try will be made, unless someone asks for one.</summary>
    GivenUp = 3,
}
