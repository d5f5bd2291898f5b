using System.Globalization;
using Kinora.Jobs;
using Kinora.Media;

namespace Kinora.Server.Engines;

/// <summary>
/// Carries an engine's reports to the watchers of a job. The protocol has no field for progress; as with the hosted models, watchers see it as log lines:
/// one for each tenth, with the time that is left once it is known.
/// </summary>
internal sealed class JobObserver(JobContext context, PreviewFeed previews) : IEngineObserver
{
    private const int Steps = 10;
    private int _step = -1;

    public void Report(string phase, double fraction)
    {
        context.Report(new JobProgress(phase, fraction));
        previews.Report(phase, fraction);
        var step = (int)(fraction * Steps);
        if (step <= _step)
            return;
        _step = step;
        context.Log(JobLogLevel.Info, string.Create(CultureInfo.InvariantCulture, $"{phase} {step * 100 / Steps}%{Left(fraction)}"));
    }

    public void Preview(VideoFrame frame) => previews.Offer(frame);

    public void Log(string message) => context.Log(JobLogLevel.Info, message);

    public void Warn(string message) => context.Log(JobLogLevel.Warning, message);

    private string Left(double fraction) => fraction < 1 && previews.TimeLeft is { } left
        ? string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling(left.TotalSeconds)} s left")
        : "";
}
