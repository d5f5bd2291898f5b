namespace Kinora.Tensors.Backends;

/// <summary>An elementwise function of one tensor. NaN and infinities come out as IEEE 754 arithmetic on the formula gives them.</summary>
public enum UnaryOp
{
    /// <summary>-x.</summary>
    Negate,

    /// <summary>|x|.</summary>
    Abs,

    /// <summary>x².</summary>
    Square,

    /// <summary>√x; NaN below zero.</summary>
    Sqrt,

    /// <summary>eˣ.</summary>
    Exp,

    /// <summary>ln x; NaN below zero.</summary>
    Log,

    /// <summary>sin x, x in radians.</summary>
    Sin,

    /// <summary>cos x, x in radians.</summary>
    Cos,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>x / (1 + e⁻ˣ).</summary>
    Silu,

    /// <summary>x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    GeluTanh,

    /// <summary>max(x, 0); NaN stays NaN.</summary>
    Relu,
}
