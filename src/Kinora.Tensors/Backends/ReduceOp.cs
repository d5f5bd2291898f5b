namespace Kinora.Tensors.Backends;

/// <summary>What a reduction makes of the elements it joins.</summary>
public enum ReduceOp
{
    /// <summary>Their sum; 0 of no elements.</summary>
    Sum,

    /// <summary>Their mean; NaN of no elements.</summary>
    Mean,

    /// <summary>The mean squared distance from the mean, divided by n.</summary>
    Variance,

    /// <summary>As <see cref="Variance"/>, divided by n - 1; NaN of one element.</summary>
    UnbiasedVariance,

    /// <summary>The largest, NaN if one is NaN; -∞ of no elements.</summary>
    Maximum,

    /// <summary>The smallest, NaN if one is NaN; +∞ of no elements.</summary>
    Minimum,

    /// <summary>The sum of absolute values.</summary>
    AbsoluteSum,

    /// <summary>The sum of squares.</summary>
    SquareSum,
}
