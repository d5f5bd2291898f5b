namespace Kinora.Tensors;

/// <summary>Sizes and names of element types.</summary>
public static class DTypes
{
    /// <summary>Bytes per element: 1, 2, 4 or 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of <see cref="DType"/>.</exception>
    public static int SizeInBytes(this DType dtype) => dtype switch
    {
        DType.Float8E4M3 or DType.Int8 or DType.UInt8 => 1,
        DType.BFloat16 or DType.Float16 => 2,
        DType.Float32 or DType.Int32 => 4,
        DType.Int64 or DType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not an element type."),
    };

    /// <summary>The element type that stores a C# type as it is: float, double, sbyte, byte, int, long, <see cref="Half"/>.</summary>
    /// <exception cref="TensorException">No element type stores <typeparamref name="T"/>.</exception>
    internal static DType Of<T>()
        where T : unmanaged => default(T) switch
        {
            float => DType.Float32,
            double => DType.Float64,
            sbyte => DType.Int8,
            byte => DType.UInt8,
            int => DType.Int32,
            long => DType.Int64,
            Half => DType.Float16,
            _ => throw new TensorException("Tensor", $"No element type stores {typeof(T).Name}; expected float, double, sbyte, byte, int, long or Half."),
        };
}
