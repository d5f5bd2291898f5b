namespace Kinora.Tensors.Backends;

/// <summary>What a convolution reads beyond the border.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The nearest element of the border.</summary>
    Replicate,

    /// <summary>
    /// The picture mirrored at the border's element, which is not repeated: <c>c b | a b c</c>. The padding must be smaller than the axis.
    /// </summary>
    Reflect,
}
