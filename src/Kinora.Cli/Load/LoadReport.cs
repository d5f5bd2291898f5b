using System.Collections.Concurrent;
using System.Globalization;

namespace Kinora.Cli.Load;

/// <summary>What came of a load.</summary>
internal sealed class LoadReport
{
    /// <summary>How submits were answered: status codes, and <c>no answer</c>.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = [];

    /// <summary>From the moment when a submit was due to its answer.</summary>
    public ConcurrentBag<TimeSpan> Submits { get; } = [];

    /// <summary>From the moment when a submit was due to the end of its request.</summary>
    public ConcurrentBag<TimeSpan> Results { get; } = [];

    /// <summary>How requests ended: <c>completed</c>, <c>failed</c>, or <c>unfinished</c> when the patience was over.</summary>
    public ConcurrentDictionary<string, int> Ends { get; } = [];

    /// <summary>Lines for people.</summary>
    /// <param name="took">How long the load ran.</param>
    public IEnumerable<string> Describe(TimeSpan took)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"submits   {Submits.Count} in {took.TotalSeconds:0.0} s ({Submits.Count / took.TotalSeconds:0.0}/s): {Join(Answers)}");
        yield return "          " + Percentiles(Submits);
        if (Ends.IsEmpty) yield break;
        yield return $"requests  {Join(Ends)}";
        yield return "          " + Percentiles(Results);
    }

    /// <summary>The value below which a share of the sorted values lies: the smallest with at least that share at or below it.</summary>
    /// <param name="sorted">Rising, not empty.</param>
    /// <param name="share">0 to 1.</param>
    public static TimeSpan PercentileOf(IReadOnlyList<TimeSpan> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    private static string Percentiles(IEnumerable<TimeSpan> times)
    {
        List<TimeSpan> sorted = [.. times.Order()];
        if (sorted.Count == 0) return "nothing was measured";
        string At(double share) => string.Create(CultureInfo.InvariantCulture, $"{PercentileOf(sorted, share).TotalMilliseconds:0.0}");
        return $"ms: p50 {At(0.5)}  p90 {At(0.9)}  p99 {At(0.99)}  p99.9 {At(0.999)}  max {At(1)}";
    }

    private static string Join(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"));
}
