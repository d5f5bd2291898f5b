namespace Kinora.Tensors.Backends;

/// <summary>How queries and keys are compared: <c>softmax(scale · q·kᵀ + bias)</c> over the first keys of every batch entry.</summary>
public sealed record AttentionOptions
{
    /// <summary>Factor of the scores; 1/√D if null.</summary>
    public float? Scale { get; init; }

    /// <summary>
    /// For every batch entry, how many of its first keys count (0 to the number of keys); all of them if null. With 0 the result is NaN, an empty
    /// mean.
    /// </summary>
    public IReadOnlyList<int>? KeyCounts { get; init; }

    /// <summary>Added to the scaled scores: [1 or B, 1 or N, 1 or Lq, Lk] with any strides, or null.</summary>
    public Tensor? Bias { get; init; }
}
