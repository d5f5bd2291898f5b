namespace Kinora.Jobs.Webhooks;

/// <summary>One try, handed to one sender.</summary>
public sealed record WebhookClaim
{
    /// <summary>The ended job.</summary>
    public required Job Job { get; init; }

    /// <summary>The receiver.</summary>
    public required Uri Url { get; init; }

    /// <inheritdoc cref="NewWebhook.Origin"/>
    public required string Origin { get; init; }

    /// <summary>Which try it is, from 1: the fencing token of its record.</summary>
    public required int Number { get; init; }

    /// <summary>Which try it is since <see cref="DueSince"/>, from 1: its place in the schedule.</summary>
    public required int RoundNumber { get; init; }

    /// <summary>The end of the job, or the last request to deliver again.</summary>
    public required DateTimeOffset DueSince { get; init; }
}
