namespace Kinora.Server.Faults;

/// <summary>What happens to a webhook on demand.</summary>
internal enum WebhookFault
{
    None,

    /// <summary>It is delivered once more after it was acknowledged.</summary>
    Duplicate,

    /// <summary>It is not sent, unless someone asks for it by hand.</summary>
    Lose,

    /// <summary>It is sent late.</summary>
    Delay,
}
