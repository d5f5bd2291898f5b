using System.Globalization;
using Kinora.Jobs;

namespace Kinora.Server.Engines;

/// <summary>
/// Carries an engine's reports to the watchers of a job. The protocol has no field for progress; as with the hosted models, watchers see it as log lines:
/// one for each tenth.
/// </summary>
internal sealed class JobObserver(JobContext context) : IEngineObserver
{
    private const int Steps = 10;
    private int _step = -1;

    public void Report(string phase, double fraction)
    {
        context.Report(new JobProgress(phase, fraction));
        var step = (int)(fraction * Steps);
        if (step <= _step)
            return;
        _step = step;
        context.Log(JobLogLevel.Info, string.Create(CultureInfo.InvariantCulture, $"{phase} {step * 100 / Steps}%"));
    }

    public void Log(string message) => context.Log(JobLogLevel.Info, message);

    public void Warn(string message) => context.Log(JobLogLevel.Warning, message);
}
