using System.Diagnostics;

namespace Kinora.Benchmarks;

/// <summary>Medians of interleaved runs.</summary>
internal static class Measure
{
    /// <summary>Runs all in turn, once to warm up and then <paramref name="rounds"/> times, and gives the seconds of each; rests before each.</summary>
    public static async Task<List<double>[]> InterleavedAsync(Func<Task>[] works, int rounds, TimeSpan rest)
    {
        var seconds = works.Select(_ => new List<double>()).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var k = 0; k < works.Length; k++)
            {
                await Task.Delay(rest);
                var taken = await SecondsAsync(works[k]);
                if (round >= 0)
                    seconds[k].Add(taken);
            }
        }
        return seconds;
    }

    /// <summary>The median of ratios within each round.</summary>
    public static double MedianRatio(IReadOnlyList<double> first, IReadOnlyList<double> second) => Median(first.Zip(second, (a, b) => a / b));

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
