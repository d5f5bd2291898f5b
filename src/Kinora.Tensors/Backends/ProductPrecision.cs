namespace Kinora.Tensors.Backends;

/// <summary>
/// How far products may round what they read. It is a permission: weights packed as <see cref="WeightFormat.Float32"/> are always multiplied with
/// activations as they are, and so is everything on a processor without the instructions.
/// </summary>
public enum ProductPrecision
{
    /// <summary>Activations are read as they are.</summary>
    Float32,

    /// <summary>
    /// Activations that meet bfloat16 or int8 weights are rounded to bfloat16 (8 bits of fraction), and so are queries, keys, values and probabilities
    /// of attention. Sums stay <see cref="DType.Float32"/>. Twice the speed on processors with AVX-512 BF16.
    /// </summary>
    BFloat16,

    /// <summary>
    /// As <see cref="BFloat16"/>, and rows that meet the int8 weights of a linear layer are rounded to 127ths of their largest number. Sums are exact.
    /// Four times the speed on processors with AVX-512 VNNI.
    /// </summary>
    Int8,
}
