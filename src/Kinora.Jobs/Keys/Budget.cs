namespace Kinora.Jobs.Keys;

/// <summary>What an owner may spend, and has spent.</summary>
/// <param name="Amount">USD that may be spent in all.</param>
/// <param name="Spent">USD that completed jobs have cost.</param>
/// <param name="Held">USD that queued and running jobs can cost at most.</param>
public sealed record Budget(decimal Amount, decimal Spent, decimal Held);
