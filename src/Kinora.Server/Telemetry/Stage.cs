using System.Diagnostics;
using Kinora.Jobs;

namespace Kinora.Server.Telemetry;

/// <summary>One stage of an attempt as a span and a measurement. Dispose it when the stage is over.</summary>
internal readonly struct Stage : IDisposable
{
    private readonly Activity? _span;
    private readonly ServerMetrics? _metrics;
    private readonly string _name;
    private readonly long _started;

    private Stage(string name, ServerMetrics? metrics)
    {
        (_name, _metrics, _span, _started) = (name, metrics, KinoraSource.Activities.StartActivity(name), TimeProvider.System.GetTimestamp());
    }

    /// <summary>Begins a stage.</summary>
    /// <param name="name"><c>fetch</c>, <c>generate</c>, <c>encode</c> or <c>publish</c>.</param>
    /// <param name="metrics">Where it is measured; null: only traced.</param>
    public static Stage Begin(string name, ServerMetrics? metrics) => new(name, metrics);

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics?.StageEnded(_name, TimeProvider.System.GetElapsedTime(_started));
        _span?.Dispose();
    }
}
