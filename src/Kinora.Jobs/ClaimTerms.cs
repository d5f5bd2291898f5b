namespace Kinora.Jobs;

/// <summary>Who claims, for how long, and what it can run.</summary>
/// <param name="WorkerId">Names the worker in listings and logs.</param>
/// <param name="Lease">How long a claim holds without a heartbeat.</param>
/// <param name="Engines">It takes only jobs that need one of these engines or none. Null: it can run every job.</param>
public sealed record ClaimTerms(string WorkerId, TimeSpan Lease, IReadOnlyList<string>? Engines = null);
