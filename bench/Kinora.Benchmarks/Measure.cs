using System.Diagnostics;

namespace Kinora.Benchmarks;

/// <summary>Medians of interleaved runs.</summary>
internal static class Measure
{
    /// <summary>Runs both in turn, once to warm up and then <paramref name="rounds"/> times, and gives the median seconds of each and the median of the paired ratios.</summary>
    public static async Task<(double First, double Second, double Ratio)> PairAsync(Func<Task> first, Func<Task> second, int rounds)
    {
        await first();
        await second();
        var pairs = new List<(double First, double Second)>();
        for (var round = 0; round < rounds; round++)
            pairs.Add((await SecondsAsync(first), await SecondsAsync(second)));
        return (Median(pairs.Select(pair => pair.First)), Median(pairs.Select(pair => pair.Second)), Median(pairs.Select(pair => pair.First / pair.Second)));
    }

    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    public static double Percentile(IEnumerable<double> values, double rank)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, rank * sorted.Length)];
    }
}
