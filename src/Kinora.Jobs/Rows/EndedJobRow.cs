using Kinora.Jobs.Usage;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class EndedJobRow
{
    internal const string Columns = """
        seq, endpoint, state, failure_kind AS FailureKind, created_at AS CreatedAt, started_at AS StartedAt, ended_at AS EndedAt, run_ms AS RunMs
        """;

    internal const string PayloadColumns = """
        , (SELECT input FROM job_inputs WHERE job = seq) AS Input, (SELECT output FROM job_outputs WHERE job = seq) AS Output
        """;

    public long Seq { get; set; }
    public string Id { get; set; } = "";
    public string Endpoint { get; set; } = "";
    public long State { get; set; }
    public long? FailureKind { get; set; }
    public long CreatedAt { get; set; }
    public long? StartedAt { get; set; }
    public long EndedAt { get; set; }
    public long? RunMs { get; set; }
    public string? Input { get; set; }
    public string? Output { get; set; }

    internal EndedJob ToJob() => new()
    {
        Sequence = Seq,
        Id = Guid.Parse(Id),
        Endpoint = Endpoint,
        State = (JobState)State,
        Failure = (JobFailureKind?)FailureKind,
        CreatedAt = CreatedAt.ToTime(),
        StartedAt = StartedAt.ToTime(),
        EndedAt = EndedAt.ToTime(),
        RunTime = RunMs is { } run ? TimeSpan.FromMilliseconds(run) : null,
        Input = Input,
        Output = Output,
    };
}
