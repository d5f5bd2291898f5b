using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Guidance;

/// <summary>
/// Normalised attention guidance (<see href="https://arxiv.org/abs/2505.21179">NAG</see>): a negative prompt for models that were distilled to run
/// without classifier-free guidance. Acts on the output of cross-attention.
/// </summary>
public sealed record AttentionGuidance
{
    /// <summary>How far away from the negative prompt: ẑ = s·z⁺ + (1 - s)·z⁻; 1 is no effect.</summary>
    public float Scale { get; init; } = 5;

    /// <summary>The most that a token's L1 norm may grow.</summary>
    public float Limit { get; init; } = 2.5f;

    /// <summary>The share of the guided output; the rest is z⁺.</summary>
    public float Blend { get; init; } = 0.25f;

    /// <summary>Guides <paramref name="positive"/> [tokens, width] in place; <paramref name="negative"/> is overwritten.</summary>
    internal void Apply(IBackend backend, Tensor positive, Tensor negative)
    {
        using var scope = new TensorScope(backend.Memory);
        Shape column = [positive.Shape[0], 1];
        Tensor plain = scope.Empty(column), guided = scope.Empty(column), scaled = scope.Empty(positive.Shape);
        backend.Affine(positive, Scale, 0, scaled);
        backend.Affine(negative, 1 - Scale, 0, negative);
        backend.Binary(BinaryOp.Add, scaled, negative, scaled);
        backend.Reduce(ReduceOp.AbsoluteSum, positive, plain);
        backend.Reduce(ReduceOp.AbsoluteSum, scaled, guided);
        var before = plain.AsReadOnlySpan<float>();
        var factors = guided.AsSpan<float>();
        for (var i = 0; i < factors.Length; i++)
            factors[i] = Blend * (factors[i] > Limit * before[i] ? Limit * before[i] / factors[i] : 1);
        backend.Binary(BinaryOp.Multiply, scaled, guided, scaled);
        backend.Affine(positive, 1 - Blend, 0, positive);
        backend.Binary(BinaryOp.Add, positive, scaled, positive);
    }
}
