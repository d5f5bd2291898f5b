namespace Kinora.Tensors.Backends;

/// <summary>
/// Scale and shift of a normalised row: <c>y = n·(1 + scale) + shift</c>. With several groups every row takes the scale and shift of its group, which
/// is how tokens with different noise levels share one pass.
/// </summary>
public sealed record Modulation
{
    /// <summary>[D] or [G, D], <see cref="DType.Float32"/>.</summary>
    public required Tensor Scale { get; init; }

    /// <summary>The shape of <see cref="Scale"/>.</summary>
    public required Tensor Shift { get; init; }

    /// <summary>
    /// The group of every row, <see cref="DType.Int32"/>, one element per row of the operand, each from 0 to G - 1; null if there is one group.
    /// </summary>
    public Tensor? Groups { get; init; }
}
