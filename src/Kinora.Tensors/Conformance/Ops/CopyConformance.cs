using Kinora.Tensors.Backends.Cpu.Kernels;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Copies between all element types and strides, and fills.</summary>
internal static class CopyConformance
{
    // Ties, the smallest and largest numbers of the narrow types, and what does not fit into them.
    private static readonly float[] s_edges =
        [0, -0f, 1, -1, 0.5f, 1.5f, 2.5f, -2.5f, 127, 127.5f, -128.5f, 255.5f, 256, 447, 448, 465, 1e5f, -1e6f, 65504, 65520, 1e-3f, 2e-3f, 0.0009765625f, 1e-40f,
         1.00390625f, 1.01171875f, 3e9f, -3e9f, 1e20f, -1e20f, 3.4e38f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];

    public static IEnumerable<ConformanceCase> Cases =>
    [
        .. Enum.GetValues<DType>().SelectMany(from => Enum.GetValues<DType>().Select(to => Pair(from, to))),
        .. Enum.GetValues<DType>().Select(Turned),
        .. Enum.GetValues<DType>().Select(FillCase),
    ];

    private static ConformanceCase Pair(DType from, DType to) => new("Copy", $"{from} → {to}", 0, (backend, scope) =>
    {
        var (x, output) = (scope.Empty([s_edges.Length], from), scope.Empty([s_edges.Length], to));
        backend.Copy(scope.From<float>(s_edges, [s_edges.Length]), x);
        backend.Copy(x, output);
        return (output, [.. Samples.Values(x).Select(value => Rounded(to, value))]);
    });

    private static ConformanceCase Turned(DType dtype) => new("Copy", $"{dtype} [30, 20, 3] turned into a slice", 0, (backend, scope) =>
    {
        var x = Samples.Normal(backend, scope, [30, 20, 3], 1, dtype).Permute(2, 0, 1);
        var output = scope.Empty([3, 30, 50], dtype).Slice(2, 9, 20);
        backend.Copy(x, output);
        return (output, Samples.Values(x));
    });

    private static ConformanceCase FillCase(DType dtype) => new("Fill", $"{dtype} [5, 7] turned", 0, (backend, scope) =>
    {
        var output = scope.Empty([5, 7], dtype).Permute(1, 0);
        backend.Fill(output, 2.75f);
        return (output, [.. Enumerable.Repeat(Rounded(dtype, 2.75), 35)]);
    });

    // The nearest number of the type, found by trying all of a narrow type's numbers.
    private static double Rounded(DType to, double value)
    {
        switch (to)
        {
            case DType.Float64: return value;
            case DType.Float32: return (float)value;
            case DType.Float16: return (double)(Half)value;
            case DType.Int8 or DType.UInt8 or DType.Int32 or DType.Int64:
                var (least, most) = to switch
                {
                    DType.Int8 => (-128.0, 127.0),
                    DType.UInt8 => (0, 255),
                    DType.Int32 => (int.MinValue, int.MaxValue),
                    _ => (long.MinValue, long.MaxValue),
                };
                return double.IsNaN(value) ? 0 : Math.Clamp(Math.Round(value, MidpointRounding.ToEven), least, most);
            default: return Nearest(to, value);
        }
    }

    private static double Nearest(DType to, double value)
    {
        var numbers = Enumerable.Range(0, to == DType.BFloat16 ? 65536 : 256).Select(bits => (Bits: bits, Value: to == DType.BFloat16
            ? (double)ElementConversion.FromBFloat16((ushort)bits)
            : ElementConversion.FromFloat8((byte)bits))).Where(n => double.IsFinite(n.Value));
        if (double.IsNaN(value) || (to == DType.BFloat16 && double.IsInfinity(value)))
            return value;
        value = to == DType.Float8E4M3 ? Math.Clamp(value, -448, 448) : value;
        var (bits, nearest) = numbers.OrderBy(n => Math.Abs(n.Value - value)).ThenBy(n => n.Bits & 1).First();
        return to == DType.BFloat16 && (bits & 0x7FFF) == 0x7F7F && Math.Abs(value) >= 3.3961775e38 ? Math.CopySign(double.PositiveInfinity, value) : nearest;
    }
}
