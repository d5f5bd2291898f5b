namespace Kinora.Jobs.Usage;

/// <summary>What one completed job was worth.</summary>
/// <param name="Sequence">Its place among all events: later ones have larger numbers.</param>
/// <param name="JobId">The job, which retention may have deleted since.</param>
/// <param name="Owner">Whose job.</param>
/// <param name="Endpoint">Which endpoint.</param>
/// <param name="At">When it was completed.</param>
/// <param name="Charge">What it is worth.</param>
public sealed record UsageEvent(long Sequence, Guid JobId, string Owner, string Endpoint, DateTimeOffset At, JobCharge Charge);
