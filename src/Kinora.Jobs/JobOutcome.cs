namespace Kinora.Jobs;

/// <summary>How a handler's run of a job ended.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>The work is done.</summary>
    /// <param name="Output">The output, JSON text.</param>
    /// <param name="BillableUnits">How many units (for video: seconds of output) it is worth.</param>
    /// <param name="BlobNames">The blobs that the output names; they are deleted with the job, or at once if another attempt has overtaken this one.</param>
    /// <param name="UnitPrice">US dollars a unit, for the record of usage. Default 0: not known.</param>
    public sealed record Completed(string Output, decimal BillableUnits, IReadOnlyList<string> BlobNames, decimal UnitPrice = 0) : JobOutcome;

    /// <summary>The work cannot be done.</summary>
    public sealed record Failed(JobFailure Failure) : JobOutcome;

    /// <summary>The handler saw its cancellation token and has let go of everything. Throwing <see cref="OperationCanceledException"/> says the same.</summary>
    public sealed record Cancelled : JobOutcome;
}
