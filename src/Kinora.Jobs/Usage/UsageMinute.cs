namespace Kinora.Jobs.Usage;

/// <summary>What one owner used of one endpoint at one price within one minute.</summary>
/// <param name="Minute">Its beginning.</param>
/// <param name="Owner">Whose jobs.</param>
/// <param name="Endpoint">Which endpoint.</param>
/// <param name="UnitPrice">US dollars a unit.</param>
/// <param name="Units">Units in all.</param>
/// <param name="Jobs">How many jobs.</param>
public sealed record UsageMinute(DateTimeOffset Minute, string Owner, string Endpoint, decimal UnitPrice, decimal Units, long Jobs);
