using Kinora.Tensors.Backends;

namespace Kinora.Diffusion;

/// <summary>The tensor runtime's words for it.</summary>
internal static class NumberFormats
{
    public static WeightFormat ToWeights(this NumberFormat format) => format switch
    {
        NumberFormat.Float32 => WeightFormat.Float32,
        NumberFormat.BFloat16 => WeightFormat.BFloat16,
        NumberFormat.Int8 => WeightFormat.Int8,
        _ => throw new DiffusionException($"{format} is not a format of numbers."),
    };

    public static ProductPrecision ToProducts(this NumberFormat format) => format switch
    {
        NumberFormat.Float32 => ProductPrecision.Float32,
        NumberFormat.BFloat16 => ProductPrecision.BFloat16,
        NumberFormat.Int8 => ProductPrecision.Int8,
        _ => throw new DiffusionException($"{format} is not a format of numbers."),
    };
}
