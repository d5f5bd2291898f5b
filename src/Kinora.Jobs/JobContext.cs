namespace Kinora.Jobs;

/// <summary>What a <see cref="JobHandler"/> gets. Its members may be called from any thread and return at once.</summary>
public sealed class JobContext
{
    private readonly JobReports _reports;
    private readonly TimeProvider _time;

    internal JobContext(Job job, JobReports reports, TimeProvider time)
    {
        Job = job;
        _reports = reports;
        _time = time;
    }

    /// <summary>The job as it was claimed, with its input.</summary>
    public Job Job { get; }

    /// <summary>Tells watchers how far the work is; of several reports in quick succession the last is stored, within a quarter of a second or so.</summary>
    public void Report(JobProgress progress) => _reports.Add(progress);

    /// <summary>Writes a line into the job's log, which its owner reads: no secrets, no paths.</summary>
    public void Log(JobLogLevel level, string message) => _reports.Add(_time.GetUtcNow(), level, message);
}
