using Kinora.Jobs;

namespace Kinora.Server.Engines;

/// <summary>Where an engine tells how far it is. Behind it stand a job's heartbeat and the command line's progress bar.</summary>
public interface IEngineObserver
{
    /// <summary>Reports the phase and the fraction done, 0 to 1, never falling.</summary>
    void Report(JobProgress progress);

    /// <summary>Writes a line for the owner of the job.</summary>
    void Log(JobLogLevel level, string message);
}
