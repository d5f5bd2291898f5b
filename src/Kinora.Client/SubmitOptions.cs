namespace Kinora.Client;

/// <summary>What a submit may say beside its input.</summary>
public sealed record SubmitOptions
{
    /// <summary>Default normal.</summary>
    public RequestPriority Priority { get; init; }

    /// <summary>How long the request may wait for its start before the server gives it up with a <c>request_timeout</c>; null waits for ever. Above one second.</summary>
    public TimeSpan? StartTimeout { get; init; }

    /// <summary>Where the server posts the result when it is there, or null.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The <c>Idempotency-Key</c>. Default: a new one for each submit.</summary>
    public string? IdempotencyKey { get; init; }
}
