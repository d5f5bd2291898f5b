namespace Kinora.Server.Admin;

/// <summary>A worker that runs requests now.</summary>
/// <param name="Name">Machine and process.</param>
/// <param name="Running">How many it runs.</param>
/// <param name="OldestFor">How long the longest of them has been running.</param>
/// <param name="LeaseLeft">How long until it counts as lost unless it reports; negative once it does.</param>
public sealed record WorkerOverview(string Name, long Running, TimeSpan OldestFor, TimeSpan LeaseLeft);
