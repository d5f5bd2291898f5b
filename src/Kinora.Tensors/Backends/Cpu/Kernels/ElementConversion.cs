using System.Runtime.CompilerServices;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>Single elements of every type to and from double, which holds all of them but large 64-bit integers exactly.</summary>
internal static unsafe class ElementConversion
{
    /// <summary>Reads an element.</summary>
    public static double Read(DType dtype, byte* source) => dtype switch
    {
        DType.Float32 => *(float*)source,
        DType.BFloat16 => FromBFloat16(*(ushort*)source),
        DType.Float16 => (double)*(Half*)source,
        DType.Float8E4M3 => FromFloat8(*source),
        DType.Int8 => *(sbyte*)source,
        DType.UInt8 => *source,
        DType.Int32 => *(int*)source,
        DType.Int64 => *(long*)source,
        _ => *(double*)source,
    };

    /// <summary>Writes an element, rounded to nearest even; integers saturate and NaN becomes 0.</summary>
    public static void Write(DType dtype, byte* target, double value)
    {
        switch (dtype)
        {
            case DType.Float32: *(float*)target = (float)value; break;
            case DType.BFloat16: *(ushort*)target = ToBFloat16((float)value); break;
            case DType.Float16: *(Half*)target = (Half)value; break;
            case DType.Float8E4M3: *target = ToFloat8(value); break;
            case DType.Int8: *(sbyte*)target = (sbyte)Whole(value, sbyte.MinValue, sbyte.MaxValue); break;
            case DType.UInt8: *target = (byte)Whole(value, byte.MinValue, byte.MaxValue); break;
            case DType.Int32: *(int*)target = (int)Whole(value, int.MinValue, int.MaxValue); break;
            case DType.Int64: *(long*)target = value >= 9.2233720368547758e18 ? long.MaxValue : (long)Whole(value, long.MinValue, long.MaxValue); break;
            default: *(double*)target = value; break;
        }
    }

    /// <summary>Widens a bfloat16 number, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FromBFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>Rounds to bfloat16, halves to even; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)(float.IsNaN(value) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>Widens an E4M3 number, exactly.</summary>
    public static float FromFloat8(byte bits)
    {
        var (exponent, fraction) = ((bits >> 3) & 15, bits & 7);
        if (exponent == 15 && fraction == 7)
            return float.NaN;
        var size = exponent == 0 ? fraction * 0.001953125f : MathF.ScaleB(8 + fraction, exponent - 10);
        return (bits & 0x80) == 0 ? size : -size;
    }

    /// <summary>Rounds to E4M3, halves to even; beyond ±448 it saturates, as the format has no infinity.</summary>
    public static byte ToFloat8(double value)
    {
        var sign = (byte)(double.IsNegative(value) ? 0x80 : 0);
        var size = Math.Abs(value);
        if (double.IsNaN(value))
            return 0x7F;
        if (size >= 448)
            return (byte)(sign | 0x7E);

        // Below 2⁻⁶ the step is 2⁻⁹; above, an eighth of the power of two.
        var exponent = Math.Max(Math.ILogB(Math.Max(size, 1e-30)), -6);
        var steps = (int)Math.Round(Math.ScaleB(size, 3 - exponent), MidpointRounding.ToEven);
        return (byte)(sign | (steps + ((exponent + 6) << 3)));
    }

    /// <summary>Elements as floats.</summary>
    public static void ReadFloats(DType dtype, byte* source, long stepElements, float* target, long count)
    {
        var step = stepElements * dtype.SizeInBytes();
        if (dtype == DType.Float32)
        {
            for (long i = 0; i < count; i++, source += step)
                target[i] = *(float*)source;
        }
        else if (dtype == DType.BFloat16)
        {
            for (long i = 0; i < count; i++, source += step)
                target[i] = FromBFloat16(*(ushort*)source);
        }
        else
        {
            for (long i = 0; i < count; i++, source += step)
                target[i] = (float)Read(dtype, source);
        }
    }

    private static double Whole(double value, double least, double most) =>
        double.IsNaN(value) ? 0 : Math.Clamp(Math.Round(value, MidpointRounding.ToEven), least, most);
}
