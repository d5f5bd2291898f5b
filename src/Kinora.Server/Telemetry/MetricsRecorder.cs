using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Kinora.Jobs;

namespace Kinora.Server.Telemetry;

/// <summary>
/// Listens to this program's meters and the runtime's own, and writes what they measured in Prometheus' text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
/// </summary>
internal sealed class MetricsRecorder : IDisposable
{
    private static readonly string[] s_meters = [KinoraSource.Name, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = [];

    public MetricsRecorder()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!s_meters.Contains(instrument.Meter.Name)) return;

            // Several meters may have an instrument of one name; its measurements belong together.
            var family = new MetricFamily(instrument);
            listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(family.Name, family));
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((MetricFamily)state!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((MetricFamily)state!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((MetricFamily)state!).Measure(value, tags));
        _listener.Start();
    }

    /// <summary>Everything that was measured up to now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)) family.Write(text);
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
