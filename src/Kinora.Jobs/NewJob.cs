using Kinora.Jobs.Webhooks;

namespace Kinora.Jobs;

/// <summary>What a submit stores.</summary>
public sealed record NewJob
{
    /// <summary>Server-made random id, shown to the owner.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose job it is: the id of an API key, or <c>local</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>The endpoint that was called, for example <c>fal-ai/kling-video/v3/standard/image-to-video</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The input as it came, JSON text.</summary>
    public required string Input { get; init; }

    /// <summary>Which engine it needs: only workers that have it claim it. Null: any worker will do.</summary>
    public string? Engine { get; init; }

    /// <summary>The order among queued jobs. Default <see cref="JobPriority.Normal"/>.</summary>
    public JobPriority Priority { get; init; }

    /// <summary>How often it may be started before it fails; 1 or more. Default 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>If it has not been started this long after its submit it fails with <see cref="JobFailureKind.StartTimeout"/>. Null: no limit.</summary>
    public TimeSpan? StartTimeout { get; init; }

    /// <summary>
    /// A key, unique per owner, under which a second submit gets the first one's job instead of a new one. Null: none.
    /// Together with <see cref="Endpoint"/> and <see cref="Input"/> it decides between replay and conflict.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>False: input and output are erased with the short retention instead of the long one. Default true.</summary>
    public bool StorePayloads { get; init; } = true;

    /// <summary>
    /// True for a synchronous call that waits on its connection: nobody will come back for the job, so a worker that finds
    /// the lease expired fails it instead of running it again. Default false.
    /// </summary>
    public bool TiedToConnection { get; init; }

    /// <summary>What the submit asked for the output's files (expiry, access): JSON text that only the server understands. Null: nothing.</summary>
    public string? FileLifecycle { get; init; }

    /// <summary>W3C <c>traceparent</c> of the request that submits it; null: nobody traces. What becomes of the job is traced below it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whom to tell when the job has ended. Null: nobody.</summary>
    public NewWebhook? Webhook { get; init; }

    /// <summary>How long it stays queued at least. Null: it may start at once.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>What it costs its owner's budget; it is refused where the budget does not allow it. Null: nothing.</summary>
    public JobPrice? Price { get; init; }

    /// <summary>It is refused while its owner has this many jobs queued. Null: no limit.</summary>
    public int? MostQueued { get; init; }

    /// <summary>Labels that the owner gave it, JSON text. Null: none.</summary>
    public string? Tags { get; init; }

    /// <summary>What lists show of it and a search finds it by, a few thousand characters at most. Null: nothing.</summary>
    public string? SearchText { get; init; }

    /// <summary>Faults that its owner wants to see, for tests of their own; what they mean is the handler's business. Null: none.</summary>
    public string? Faults { get; init; }

    /// <summary>Whether it has what stores keep beside the job: tags, faults or a price.</summary>
    internal bool HasNotes => Tags is not null || Faults is not null || Price is not null;
}
