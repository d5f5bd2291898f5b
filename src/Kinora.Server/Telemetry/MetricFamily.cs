using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;

namespace Kinora.Server.Telemetry;

/// <summary>All series of one instrument, under the name that Prometheus would give it: <c>kinora.jobs.wait</c> in seconds is <c>kinora_jobs_wait_seconds</c>.</summary>
internal sealed partial class MetricFamily
{
    /// <summary>More sets of labels than this are a mistake, and would fill the memory.</summary>
    private const int MostSeries = 1_000;

    private static readonly double[] s_bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = [];
    private readonly string _help;
    private readonly string _type;
    private readonly IReadOnlyList<double>? _bounds;
    private readonly bool _isSum;

    public MetricFamily(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        var isCounter = kind.Contains("Counter", StringComparison.Ordinal) && !kind.Contains("UpDown", StringComparison.Ordinal);
        _bounds = kind.StartsWith("Histogram", StringComparison.Ordinal) ? (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? s_bounds : null;
        _isSum = !instrument.IsObservable && !kind.StartsWith("Gauge", StringComparison.Ordinal);
        _type = _bounds is not null ? "histogram" : isCounter ? "counter" : "gauge";
        _help = (instrument.Description ?? instrument.Name).Replace('\n', ' ');
        Name = NameOf(instrument, isCounter);
    }

    /// <summary>The name without suffixes of its lines.</summary>
    public string Name { get; }

    /// <summary>Takes a measurement.</summary>
    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        if (_series.Count >= MostSeries && !_series.ContainsKey(labels)) return;
        var series = _series.GetOrAdd(labels, key => new MetricSeries(key, _bounds));
        if (_isSum) series.Add(value);
        else series.Set(value);
    }

    /// <summary>Writes the family in Prometheus' text format; nothing if nothing was measured.</summary>
    public void Write(StringBuilder text)
    {
        if (_series.IsEmpty) return;
        text.Append("# HELP ").Append(Name).Append(' ').Append(_help).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
        foreach (var (_, series) in _series.OrderBy(pair => pair.Key, StringComparer.Ordinal)) series.Write(text, Name);
    }

    /// <summary>Labels as they are written: <c>end="completed",code="200"</c>.</summary>
    public static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(NoName().Replace(name, "_")).Append("=\"").Append(Escape(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "")).Append('"');
        }

        return text.ToString();
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string NameOf(Instrument instrument, bool isCounter)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var name = NoName().Replace(instrument.Name, "_");
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return isCounter ? name + "_total" : name;
    }

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NoName();
}
