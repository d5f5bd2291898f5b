namespace Kinora.Tensors.Backends;

/// <summary>What a normalisation does besides normalising: <c>y = activation(modulation(n·weight + bias))</c>, in one pass over memory.</summary>
public sealed record NormOptions
{
    /// <summary>Added to the mean square or variance, at least 0; 10⁻⁶ unless said otherwise.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>[D], or null for 1.</summary>
    public Tensor? Weight { get; init; }

    /// <summary>[D], or null for 0.</summary>
    public Tensor? Bias { get; init; }

    /// <summary>Scale and shift applied after weight and bias; not for group normalisation.</summary>
    public Modulation? Modulation { get; init; }

    /// <summary>Applied last.</summary>
    public Activation Activation { get; init; }
}
