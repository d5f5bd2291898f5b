namespace Kinora.Jobs;

/// <summary>The expected bad end of a job: a value, not an exception.</summary>
/// <param name="Kind">The closed reason.</param>
/// <param name="Message">One sentence for the job's owner: what was expected, what came, what to do. No secrets, no paths.</param>
/// <param name="CanRetry">Whether running the same job again may help; a store re-queues it while attempts are left.</param>
/// <param name="Detail">The reason as JSON in the caller's own vocabulary (for an invalid input: the list of violations), or null.</param>
public sealed record JobFailure(JobFailureKind Kind, string Message, bool CanRetry, string? Detail = null);
