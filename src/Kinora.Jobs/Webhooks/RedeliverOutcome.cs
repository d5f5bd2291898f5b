namespace Kinora.Jobs.Webhooks;

/// <summary>What became of the wish to deliver a webhook again.</summary>
public enum RedeliverOutcome
{
    /// <summary>It is due now, and its schedule begins anew.</summary>
    Requested = 0,

    /// <summary>Its job has not ended, so there is nothing to tell yet.</summary>
    JobNotEnded = 1,

    /// <summary>There is no such job, or it has no webhook.</summary>
    NotFound = 2,
}
