using System.Globalization;
using System.Text;

namespace Kinora.Server.Telemetry;

/// <summary>One line of a metric, or the lines of one histogram: the values of one set of labels.</summary>
/// <param name="labels">As they are written, without braces; empty for none.</param>
/// <param name="bounds">The upper bounds of a histogram's buckets, rising; null for a single number.</param>
internal sealed class MetricSeries(string labels, IReadOnlyList<double>? bounds)
{
    private readonly long[] _buckets = new long[(bounds?.Count ?? 0) + 1];
    private readonly Lock _lock = new();
    private double _sum;
    private long _count;

    /// <summary>Adds to a sum or puts a measurement into its bucket.</summary>
    public void Add(double value)
    {
        lock (_lock)
        {
            _sum += value;
            _count++;
            if (bounds is not null) _buckets[BucketOf(value)]++;
        }
    }

    /// <summary>Replaces the number.</summary>
    public void Set(double value)
    {
        lock (_lock) _sum = value;
    }

    /// <summary>Writes its lines in Prometheus' text format.</summary>
    public void Write(StringBuilder text, string name)
    {
        lock (_lock)
        {
            if (bounds is null) Append(text, name, labels, _sum);
            else WriteHistogram(text, name, bounds);
        }
    }

    private void WriteHistogram(StringBuilder text, string name, IReadOnlyList<double> limits)
    {
        var comma = labels.Length > 0 ? "," : "";
        long below = 0;
        for (var i = 0; i < limits.Count; i++)
        {
            below += _buckets[i];
            Append(text, name + "_bucket", $"{labels}{comma}le=\"{Format(limits[i])}\"", below);
        }

        Append(text, name + "_bucket", $"{labels}{comma}le=\"+Inf\"", _count);
        Append(text, name + "_sum", labels, _sum);
        Append(text, name + "_count", labels, _count);
    }

    private int BucketOf(double value)
    {
        for (var i = 0; i < bounds!.Count; i++)
        {
            if (value <= bounds[i]) return i;
        }

        return bounds.Count;
    }

    private static void Append(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Format(value)).Append('\n');
    }

    private static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
