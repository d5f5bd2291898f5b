namespace Kinora.Tensors.Benchmarks;

/// <summary>
/// Runs contestants in turns, round after round, and compares them round by round: what else the machine does hits them all alike.
/// </summary>
internal sealed class Contest(bool threadTime, double seconds)
{
    private readonly List<(string Name, double Work, Action Run, List<double> Times)> _contestants = [];

    /// <summary>Adds a contestant; the first one is the yardstick.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="work">Operations or bytes of one run, in 10⁹.</param>
    /// <param name="run">One run.</param>
    public void Add(string name, double work, Action run) => _contestants.Add((name, work, run, []));

    /// <summary>At least three rounds, then more until the time is up.</summary>
    public void Run()
    {
        foreach (var contestant in _contestants)
            contestant.Run();
        var spent = 0.0;
        for (var round = 0; round < 3 || (spent < seconds && round < 200); round++)
        {
            foreach (var (_, _, run, times) in _contestants)
            {
                times.Add(threadTime ? Clock.Thread(run) : Clock.Wall(run));
                spent += times[^1];
            }
        }
    }

    /// <summary>The table's rows: name, median and best rate, and the median over rounds of yardstick time / own time per unit of work.</summary>
    public void Print(string work, string? wanted = null)
    {
        var first = _contestants[0];
        foreach (var (name, amount, _, times) in _contestants)
        {
            var ratio = Median(first.Times.Zip(times, (a, b) => a / first.Work / (b / amount)));
            Console.WriteLine($"| {work} | {name} | {amount / Median(times),7:F1} | {amount / times.Min(),7:F1} | {ratio:F2} | {(name == first.Name ? string.Empty : wanted)} |");
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
