namespace Kinora.Jobs.Postgres;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class StatusRow
{
    public string Owner { get; set; } = "";
    public string Endpoint { get; set; } = "";
    public int State { get; set; }
    public string? Phase { get; set; }
    public double? Fraction { get; set; }
    public bool CancelRequested { get; set; }
    public int? FailureKind { get; set; }
    public string? FailureMessage { get; set; }
    public bool FailureCanRetry { get; set; }
    public string? FailureDetail { get; set; }
    public long? RunMs { get; set; }
    public long Version { get; set; }
    public int Priority { get; set; }
    public long Seq { get; set; }
    public long? Ahead { get; set; }

    internal JobStatus ToStatus(Guid id) => new()
    {
        Id = id,
        Owner = Owner,
        Endpoint = Endpoint,
        State = (JobState)State,
        Progress = Phase is null ? null : new JobProgress(Phase, Fraction ?? 0),
        CancelRequested = CancelRequested,
        Failure = FailureKind is { } kind ? new JobFailure((JobFailureKind)kind, FailureMessage ?? "", FailureCanRetry, FailureDetail) : null,
        RunTime = State >= (int)JobState.Completed && RunMs is { } run ? TimeSpan.FromMilliseconds(run) : null,
        Version = Version,
        QueuePosition = (int?)Ahead,
    };
}
