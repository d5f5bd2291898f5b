namespace Kinora.Jobs.Usage;

/// <summary>What a completed job is worth. Recorded by the transaction that completes it, to millionths.</summary>
/// <param name="Units">How many units (for video: seconds of output).</param>
/// <param name="UnitPrice">US dollars a unit. Default 0: not known.</param>
public readonly record struct JobCharge(decimal Units, decimal UnitPrice = 0)
{
    /// <summary>Units without a price.</summary>
    public static implicit operator JobCharge(decimal units) => new(units);

    /// <summary>Units without a price, by name.</summary>
    public static JobCharge FromDecimal(decimal units) => new(units);
}
