using System.Globalization;
using Kinora.Jobs.Listing;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class ListedJobRow
{
    /// <summary>What a list is read with, from <c>jobs</c>, beside the id.</summary>
    internal const string Columns = """
        seq, owner, endpoint, state, failure_kind AS FailureKind, attempt, created_at AS CreatedAt, started_at AS StartedAt, ended_at AS EndedAt,
               run_ms AS RunMs, phase, fraction, worker_id AS WorkerId, erased, billable_units AS BillableUnits,
               (SELECT text FROM job_texts WHERE job = seq) AS SearchText, CASE WHEN state = 2 THEN (SELECT output FROM job_outputs WHERE job = seq) END AS Output
        """;

    public long Seq { get; set; }
    public string Id { get; set; } = "";
    public string Owner { get; set; } = "";
    public string Endpoint { get; set; } = "";
    public long State { get; set; }
    public long? FailureKind { get; set; }
    public long Attempt { get; set; }
    public long CreatedAt { get; set; }
    public long? StartedAt { get; set; }
    public long? EndedAt { get; set; }
    public long? RunMs { get; set; }
    public string? Phase { get; set; }
    public double? Fraction { get; set; }
    public string? WorkerId { get; set; }
    public bool Erased { get; set; }
    public string? BillableUnits { get; set; }
    public string? SearchText { get; set; }
    public string? Output { get; set; }

    internal ListedJob ToJob() => new()
    {
        Sequence = Seq,
        Id = Guid.Parse(Id),
        Owner = Owner,
        Endpoint = Endpoint,
        State = (JobState)State,
        Failure = (JobFailureKind?)FailureKind,
        Attempt = (int)Attempt,
        CreatedAt = CreatedAt.ToTime(),
        StartedAt = StartedAt.ToTime(),
        EndedAt = EndedAt.ToTime(),
        RunTime = EndedAt is not null && RunMs is { } run ? TimeSpan.FromMilliseconds(run) : null,
        Progress = Phase is null ? null : new JobProgress(Phase, Fraction ?? 0),
        WorkerId = WorkerId,
        IsErased = Erased,
        SearchText = SearchText,
        Output = Output,
        BillableUnits = BillableUnits is null ? null : decimal.Parse(BillableUnits, CultureInfo.InvariantCulture),
    };
}
