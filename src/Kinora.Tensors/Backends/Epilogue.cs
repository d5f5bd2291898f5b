namespace Kinora.Tensors.Backends;

/// <summary>
/// What happens to a product before it is stored, while it is still in the cache:
/// <c>y = residual + gate · (activation(product + bias) · factor)</c>, each part only if given.
/// </summary>
public sealed record Epilogue
{
    /// <summary>[N].</summary>
    public Tensor? Bias { get; init; }

    /// <summary>Applied to product + bias.</summary>
    public Activation Activation { get; init; }

    /// <summary>The output's shape, innermost axis dense: the other half of a gated feed-forward layer.</summary>
    public Tensor? Factor { get; init; }

    /// <summary>[N] or [G, N].</summary>
    public Tensor? Gate { get; init; }

    /// <summary>The gate's group of every output row, <see cref="DType.Int32"/>, from 0 to G - 1; null if there is one group.</summary>
    public Tensor? GateGroups { get; init; }

    /// <summary>The output's shape, innermost axis dense; may be the output itself.</summary>
    public Tensor? Residual { get; init; }
}
