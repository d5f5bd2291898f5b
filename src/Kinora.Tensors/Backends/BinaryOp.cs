namespace Kinora.Tensors.Backends;

/// <summary>An elementwise function of two tensors.</summary>
public enum BinaryOp
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>The larger; NaN if either is NaN.</summary>
    Maximum,

    /// <summary>The smaller; NaN if either is NaN.</summary>
    Minimum,
}
