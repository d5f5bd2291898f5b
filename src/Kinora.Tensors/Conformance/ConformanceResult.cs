namespace Kinora.Tensors.Conformance;

/// <summary>How a back end did in one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Error">The largest difference to the naive result, divided by the largest naive result; infinite if a NaN or infinity is missing or
/// out of place.</param>
/// <param name="Failure">The exception's message if there was one, else null.</param>
public sealed record ConformanceResult(ConformanceCase Case, double Error, string? Failure)
{
    /// <summary>The tolerance on that back end.</summary>
    public double Tolerance { get; init; } = Case.Tolerance;

    /// <summary>True if the error is within the tolerance.</summary>
    public bool Passed => Failure is null && Error <= Tolerance;
}
