using System.Diagnostics;

namespace Kinora.Chaos;

/// <summary>One run: load and faults, then rest, then the verdict.</summary>
internal static class ChaosRun
{
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMinutes(4);

    /// <returns>0 if nothing was lost, doubled or left behind.</returns>
    internal static async Task<int> RunAsync(ChaosOptions options)
    {
        await using var installation = await Installation.StartAsync(options);
        using var load = new Load(installation, new Random(options.Seed), options.Rate);
        var faults = new Faults(installation, new Random(options.Seed + 1), onlyWorkers: options.Client is not null);
        var watch = Stopwatch.StartNew();

        // The last fault is mended before its loop ends: from there on everything runs.
        using (var time = new CancellationTokenSource())
        {
            var injecting = faults.RunAsync(time.Token);
            if (options.Client is null)
                time.CancelAfter(options.Time);
            await (options.Client is null ? load.RunAsync(time.Token) : RunClientAsync(options, installation, load));
            await time.CancelAsync();
            await injecting;
        }

        string? unfinished = null;
        try
        {
            await load.FinishAsync(s_longestRest);
        }
        catch (TimeoutException)
        {
            unfinished = $"Some requests had not ended {s_longestRest} after the last fault.";
        }

        var verdict = await Verdict.ReadAsync(installation.Options, load.Accepted);
        string report = Describe(options, installation, load, faults, verdict, watch.Elapsed, unfinished);
        Console.WriteLine(report);
        if (options.Output is { } output)
            await File.WriteAllTextAsync(output, report);
        return verdict.IsGood && load.Problems.Count == 0 && unfinished is null ? 0 : 1;
    }

    private static async Task RunClientAsync(ChaosOptions options, Installation installation, Load load)
    {
        await installation.WaitUntilReadyAsync();
        var (completed, errors) = await ClientProgram.RunAsync(options, installation.Addresses);
        load.Accepted.AddRange(completed);
        load.Read = completed.Count;
        if (errors.Length > 0 || completed.Count != options.Count)
            load.Problems.Add($"The client saw {completed.Count} of {options.Count} complete. {errors}");
    }

    private static string Describe(
        ChaosOptions options, Installation installation, Load load, Faults faults, Verdict verdict, TimeSpan time, string? unfinished)
    {
        var reasons = load.Retries.IsEmpty ? "" : $" ({string.Join(", ", load.Retries.Select(reason => $"{reason.Value} {reason.Key}"))})";
        return string.Join('\n', (string[])
        [
            $"store: {options.Store}, files: {(options.UseS3 ? "S3" : "directory")}, {installation.Fronts.Count} fronts, {installation.Workers.Count} workers, "
                + $"{(options.UseNamespaces ? "a network namespace each" : "one network")}, seed {options.Seed}, lease {Installation.Lease.TotalSeconds} s, "
                + $"{(options.Client is null ? $"{options.Time.TotalSeconds:0} s of faults" : "the official JavaScript client")}, {time.TotalSeconds:0} s in all",
            "",
            $"jobs: {load.Accepted.Count} accepted ({load.Accepted.Count(one => one.CancelAsked)} with a cancel) = {verdict.Completed} completed + {verdict.Cancelled} cancelled + "
                + $"{verdict.Failed} failed + {verdict.Live} live; {verdict.Attempts} attempts; {load.Retries.Values.Sum()} calls made again{reasons}; {load.Read} files read through every front",
            $"faults injected: {faults.Counts.Values.Sum()}",
            .. faults.Counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"  {count.Value} x {count.Key}"),
            $"orphans collected by the sweep: {verdict.OrphansCollected}",
            "",
            $"losses: {verdict.Losses}",
            $"duplicates: {verdict.Duplicates}",
            $"double bills: {verdict.DoubleBills}",
            $"orphans: {verdict.Orphans}",
            .. load.Problems.Take(20),
            .. unfinished is null ? [] : (string[])[unfinished],
        ]);
    }
}
