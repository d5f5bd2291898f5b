namespace Kinora.Jobs.Upkeep;

/// <summary>A worker that runs jobs.</summary>
/// <param name="WorkerId">Its name: machine and process.</param>
/// <param name="Running">How many it runs.</param>
/// <param name="OldestFor">How long the longest of them has been running.</param>
/// <param name="SilentAfter">When its first lease runs out, from now; negative once it has.</param>
public sealed record BusyWorker(string WorkerId, long Running, TimeSpan OldestFor, TimeSpan SilentAfter);
