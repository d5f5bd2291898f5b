namespace Kinora.Server.Admin;

/// <summary>A worker, idle or busy.</summary>
/// <param name="Name">Machine and process.</param>
/// <param name="State"><c>idle</c>, <c>busy</c>, <c>draining</c> (it finishes what it runs and claims nothing), <c>drained</c> (it has finished), or <c>lost</c> (its lease has run out).</param>
/// <param name="Running">How many requests it runs.</param>
/// <param name="Slots">How many it runs at most; null if it never said, as workers of older versions do not.</param>
/// <param name="Engines">The engines whose requests it runs, or <c>all</c>; empty if it never said.</param>
/// <param name="Version">The program's version; empty if it never said.</param>
/// <param name="OldestFor">How long the longest of its requests has been running; null if it runs none.</param>
/// <param name="SilentFor">How long since it last reported itself, which it does twice a minute; null if it never did.</param>
public sealed record WorkerOverview(
    string Name, string State, long Running, int? Slots, string Engines, string Version, TimeSpan? OldestFor, TimeSpan? SilentFor)
{
    internal static WorkerOverview Of(Jobs.Workers.RegisteredWorker worker) => new(
        worker.Id,
        StateOf(worker),
        worker.Running,
        worker.Description?.Slots,
        worker.Description is null ? "" : worker.Description.Engines is { } engines ? string.Join(", ", engines) : "all",
        worker.Description?.Version ?? "",
        worker.Running > 0 ? worker.OldestFor : null,
        worker.SilentFor);

    private static string StateOf(Jobs.Workers.RegisteredWorker worker) => worker switch
    {
        { LeaseLeft.Ticks: < 0 } => "lost",
        { IsDraining: true, Running: 0 } => "drained",
        { IsDraining: true } => "draining",
        { Running: 0 } => "idle",
        _ => "busy",
    };
}
