using Kinora.Jobs;

namespace Kinora.Server.Engines;

/// <summary>Carries an engine's reports to the watchers of a job.</summary>
internal sealed class JobObserver(JobContext context) : IEngineObserver
{
    public void Report(string phase, double fraction) => context.Report(new JobProgress(phase, fraction));

    public void Log(string message) => context.Log(JobLogLevel.Info, message);

    public void Warn(string message) => context.Log(JobLogLevel.Warning, message);
}
