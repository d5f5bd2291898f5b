namespace Kinora.Tensors.Backends;

/// <summary>A function applied to every element of a result before it is stored.</summary>
public enum Activation
{
    /// <summary>x.</summary>
    None,

    /// <summary>x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))), the tanh form of <see href="https://arxiv.org/abs/1606.08415">GELU</see>.</summary>
    GeluTanh,

    /// <summary>x / (1 + e⁻ˣ).</summary>
    Silu,
}
