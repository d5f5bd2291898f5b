namespace Kinora.Jobs;

/// <summary>What became of a submit.</summary>
public abstract record EnqueueOutcome
{
    private EnqueueOutcome()
    {
    }

    /// <summary>The job was stored. <paramref name="QueuePosition"/> jobs are ahead of it.</summary>
    public sealed record Accepted(Guid Id, int QueuePosition) : EnqueueOutcome;

    /// <summary>The same submit came before under this idempotency key; this is its job.</summary>
    public sealed record Replayed(Guid Id) : EnqueueOutcome;

    /// <summary>The owner has <paramref name="Queued"/> jobs queued, as many as it may. Nothing was stored.</summary>
    public sealed record QueueFull(int Queued) : EnqueueOutcome;

    /// <summary>The owner's budget does not cover what the job can cost. Nothing was stored.</summary>
    public sealed record OverBudget(Keys.Budget Budget) : EnqueueOutcome;

    /// <summary>The idempotency key was used before for another endpoint or input. Nothing was stored.</summary>
    public sealed record Conflict(Guid ExistingId) : EnqueueOutcome;
}
