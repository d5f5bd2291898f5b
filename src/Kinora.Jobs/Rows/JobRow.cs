using System.Globalization;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class JobRow
{
    /// <summary>What a whole job is read with, from <c>jobs</c>; the id, which is a text in one database and not in the other, goes before.</summary>
    internal const string Columns = $"""
        owner, endpoint, state, priority, cancel_requested AS CancelRequested, attempt, max_attempts AS MaxAttempts, created_at AS CreatedAt,
               started_at AS StartedAt, file_lifecycle AS FileLifecycle, trace_parent AS TraceParent, engine AS Engine,
               store_payloads AS StorePayloads, (SELECT input FROM job_inputs WHERE job = seq) AS Input, phase, fraction, failure_kind AS FailureKind, failure_message AS FailureMessage, failure_can_retry AS FailureCanRetry,
               failure_detail AS FailureDetail, ended_at AS EndedAt, billable_units AS BillableUnits, (SELECT output FROM job_outputs WHERE job = seq) AS Output,
               (SELECT tags FROM job_notes WHERE job = seq) AS Tags, (SELECT faults FROM job_notes WHERE job = seq) AS Faults
        """;

    public string Id { get; set; } = "";
    public string Owner { get; set; } = "";
    public string Endpoint { get; set; } = "";
    public long State { get; set; }
    public long Priority { get; set; }
    public long Attempt { get; set; }
    public long MaxAttempts { get; set; }
    public long CreatedAt { get; set; }
    public long? StartedAt { get; set; }
    public long? EndedAt { get; set; }
    public bool CancelRequested { get; set; }
    public string? Phase { get; set; }
    public double? Fraction { get; set; }
    public long? FailureKind { get; set; }
    public string? FailureMessage { get; set; }
    public bool FailureCanRetry { get; set; }
    public string? FailureDetail { get; set; }
    public string? BillableUnits { get; set; }
    public string? FileLifecycle { get; set; }
    public string? TraceParent { get; set; }
    public string? Engine { get; set; }
    public bool StorePayloads { get; set; }
    public string? Input { get; set; }
    public string? Output { get; set; }
    public string? Tags { get; set; }
    public string? Faults { get; set; }

    private JobProgress? Progress => Phase is null ? null : new JobProgress(Phase, Fraction ?? 0);

    private JobFailure? Failure => FailureKind is { } kind
        ? new JobFailure((JobFailureKind)kind, FailureMessage ?? "", FailureCanRetry, FailureDetail)
        : null;

    internal Job ToJob() => new()
    {
        Id = Guid.Parse(Id),
        Owner = Owner,
        Endpoint = Endpoint,
        State = (JobState)State,
        Priority = (JobPriority)Priority,
        Attempt = (int)Attempt,
        MaxAttempts = (int)MaxAttempts,
        CreatedAt = CreatedAt.ToTime(),
        StartedAt = StartedAt.ToTime(),
        EndedAt = EndedAt.ToTime(),
        CancelRequested = CancelRequested,
        Progress = Progress,
        FileLifecycle = FileLifecycle,
        TraceParent = TraceParent,
        Engine = Engine,
        StorePayloads = StorePayloads,
        Input = Input,
        Output = Output,
        Tags = Tags,
        Faults = Faults,
        Failure = Failure,
        BillableUnits = BillableUnits is null ? null : decimal.Parse(BillableUnits, CultureInfo.InvariantCulture),
    };
}
