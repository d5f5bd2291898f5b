namespace Kinora.Jobs.Webhooks;

/// <summary>A delivery as the log shows it. A job has one at most; the job's id is its stable id.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The job that it tells of.</summary>
    public required Guid JobId { get; init; }

    /// <inheritdoc cref="NewJob.Owner"/>
    public required string Owner { get; init; }

    /// <summary>The receiver.</summary>
    public required string Url { get; init; }

    /// <inheritdoc cref="NewWebhook.Origin"/>
    public required string Origin { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required WebhookState State { get; init; }

    /// <summary>How many tries have been begun. One that is missing in the log of tries was cut off by the end of its process.</summary>
    public required int Tries { get; init; }

    /// <summary>When the next try is due; null unless <see cref="WebhookState.Due"/>.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>The tries that have an outcome, oldest first.</summary>
    public IReadOnlyList<WebhookTry> Log { get; init; } = [];
}
