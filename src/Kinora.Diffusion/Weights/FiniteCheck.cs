using System.Numerics;
using System.Runtime.InteropServices;
using Kinora.Tensors;

namespace Kinora.Diffusion.Weights;

/// <summary>Looks for NaN and infinities, which a damaged download or a broken conversion leaves behind.</summary>
internal static class FiniteCheck
{
    /// <summary>True if every element of a dense floating point tensor is a number.</summary>
    public static bool IsFinite(Tensor tensor) => tensor.DType switch
    {
        DType.Float32 => !AnyOf(MemoryMarshal.Cast<byte, uint>(tensor.Bytes()), 0x7F80_0000u),
        DType.BFloat16 => !AnyOf(MemoryMarshal.Cast<byte, ushort>(tensor.Bytes()), (ushort)0x7F80),
        DType.Float16 => !AnyOf(MemoryMarshal.Cast<byte, ushort>(tensor.Bytes()), (ushort)0x7C00),
        DType.Float8E4M3 => !AnyOf(tensor.Bytes(), (byte)0x7F),
        _ => true,
    };

    // True if in any element all of these bits are set: the exponent of infinities and NaN.
    private static bool AnyOf<T>(ReadOnlySpan<T> values, T bits)
        where T : unmanaged, IBinaryInteger<T>
    {
        var pattern = new Vector<T>(bits);
        var i = 0;
        for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            if (Vector.EqualsAny(new Vector<T>(values[i..]) & pattern, pattern))
                return true;
        }

        for (; i < values.Length; i++)
        {
            if ((values[i] & bits) == bits)
                return true;
        }

        return false;
    }
}
