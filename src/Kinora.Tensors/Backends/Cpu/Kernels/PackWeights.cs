using Kinora.Tensors.Backends.Cpu.Dot;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Lays weights out as panels <c>[N/32][K][32]</c>. K runs through a linear layer's inputs as they are, and through a convolution's as
/// <c>(frame, row) → block of channels → column → channel</c>: the channels of one kernel position are the depth of a tap, and a depth block's taps
/// share what they read. int8 columns have one scale each, largest weight / 127. What shares a word depends on the products (<see cref="WeightOrder"/>):
/// with multiply-adds bfloat16 columns i and i + 16 do, with dot products two or four neighbouring k of a column.
/// </summary>
internal static unsafe class PackWeights<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const int Width = RegisterTile<S, V, Float32Weights<S, V>>.PanelWidth;

    /// <summary>The most channels of a tap.</summary>
    private const int MaxBlockChannels = 128;

    /// <summary>The most positions of a kernel; more is a mistake, not a convolution.</summary>
    private const int MaxPositions = 1 << 16;

    public static PackedWeights Linear(CpuContext cpu, Tensor weight, WeightFormat format)
    {
        using var check = Checked("PackLinear", weight, format, 2, 2);
        return Pack(cpu, weight, format, weight.Shape, 0);
    }

    public static PackedWeights Convolution(CpuContext cpu, Tensor weight, WeightFormat format)
    {
        using var check = Checked("PackConvolution", weight, format, 3, 5);
        var shape = weight.Shape;
        var (frames, rows) = (shape.Rank < 5 ? 1 : shape[2], shape.Rank < 4 ? 1 : shape[-2]);
        var positions = Math.Max(Math.Max(shape[-1], rows), frames) > MaxPositions ? long.MaxValue : shape[-1] * rows * frames;
        if (positions is < 1 or > MaxPositions || shape[1] > int.MaxValue / MaxBlockChannels)
            throw check.Fail($"a kernel must have 1 to {MaxPositions} positions and fewer than 2^24 channels, got {weight}.");
        Shape full = [shape[0], shape[1], frames, rows, shape[-1]];
        return Pack(cpu, new Tensor(weight.Storage, weight.DType, Spread(weight.Layout, shape.Rank), isOwner: false), format, full, MaxBlockChannels);
    }

    public static PackedWeights Transposed(CpuContext cpu, Tensor weight, int stride, WeightFormat format)
    {
        using var check = Checked("PackTransposedConvolution", weight, format, 3, 3);
        if (stride is < 1 or > MaxPositions || weight.Shape[2] is < 1 or > MaxPositions)
            throw check.Fail($"expected a stride and a kernel of 1 to {MaxPositions}, got {stride} and {weight}.");
        var (channels, outputs, kernel) = (weight.Shape[0], weight.Shape[1], weight.Shape[2]);
        var taps = (kernel + stride - 1) / stride;

        // Output position q·stride + r gathers x[q - j]·weight[r + j·stride]: for every phase r a plain convolution, its newest input last.
        using var phases = Tensor.Allocate(cpu.Memory, DType.Float32, [stride, outputs, channels, taps]);
        var target = phases.Floats();
        var (size, strides) = (weight.DType.SizeInBytes(), weight.Layout.Strides.ToArray());
        for (long r = 0; r < stride; r++)
            for (long n = 0; n < outputs; n++)
                for (long c = 0; c < channels; c++)
                    for (var j = taps - 1; j >= 0; j--)
                    {
                        var k = r + (j * stride);
                        *target++ = k >= kernel ? 0 : (float)ElementConversion.Read(weight.DType, weight.Address() + (((c * strides[0]) + (n * strides[1]) + (k * strides[2])) * size));
                    }

        using var flat = phases.Reshape([stride * outputs, channels, 1, 1, taps]);
        var packed = Pack(cpu, flat, format, flat.Shape, MaxBlockChannels);
        return new PackedWeights(format, packed.Order, packed.Panels, [stride, outputs, channels, kernel])
        {
            Scales = packed.Scales,
            Outputs = outputs,
            Depth = packed.Depth,
            Steps = packed.Steps,
            BlockChannels = MaxBlockChannels,
        };
    }

    private static OpCheck Checked(string op, Tensor weight, WeightFormat format, int least, int most)
    {
        var check = new OpCheck(op);
        check.InputOf("weight", weight, DType.Float32, DType.BFloat16, DType.Float16, DType.Float8E4M3);
        check.Rank("weight", weight, least, most);
        return Enum.IsDefined(format) ? check : throw check.Fail($"{format} is not a weight format.");
    }

    // [N, C, columns] and [N, C, rows, columns] as [N, C, frames, rows, columns].
    private static Layout Spread(Layout layout, int rank)
    {
        var shape = layout.Shape;
        return rank switch
        {
            3 => layout.Reshape([shape[0], shape[1], 1, 1, shape[2]]),
            4 => layout.Reshape([shape[0], shape[1], 1, shape[2], shape[3]]),
            _ => layout,
        };
    }

    private static PackedWeights Pack(CpuContext cpu, Tensor weight, WeightFormat format, Shape shape, int blockChannels)
    {
        var outputs = shape[0];
        var depth = outputs == 0 ? 0 : shape.ElementCount / outputs;
        var panels = (outputs + Width - 1) / Width;
        var order = OrderFor(cpu, format, depth, isLinear: blockChannels == 0);
        var together = order switch { WeightOrder.Pairs => 2, WeightOrder.Quads => 4, _ => 1 };
        var indices = blockChannels == 0 ? null : Indices(shape, blockChannels, together);
        var steps = indices is null ? (depth + together - 1) / together : indices.Length / together;
        var dtype = format switch { WeightFormat.BFloat16 => DType.BFloat16, WeightFormat.Int8 => DType.Int8, _ => DType.Float32 };
        var packed = new PackedWeights(format, order, Tensor.Allocate(cpu.Memory, dtype, [panels, steps * together, Width]), shape)
        {
            Scales = format == WeightFormat.Int8 ? Tensor.Allocate(cpu.Memory, DType.Float32, [panels * Width]) : null,
            Sums = order == WeightOrder.Quads ? Tensor.Allocate(cpu.Memory, DType.Int32, [panels * Width]) : null,
            Outputs = outputs,
            Depth = depth,
            Steps = steps,
            BlockChannels = blockChannels,
        };
        cpu.Team.Run(panels, (panel, worker) =>
        {
            var rows = cpu.Scratch(worker, depth * Width);
            ReadRows(weight, panel * Width, (int)Math.Min(Width, outputs - (panel * Width)), depth, rows);
            PackPanel(rows, depth, indices, together, packed, panel);
        });
        return packed;
    }

    private static WeightOrder OrderFor(CpuContext cpu, WeightFormat format, long depth, bool isLinear)
    {
        if (format == WeightFormat.Int8 && isLinear && depth <= Int8Rows.MaxDepth && cpu.Has(DotKind.Int8))
            return WeightOrder.Quads;
        return format != WeightFormat.Float32 && cpu.Has(DotKind.BFloat16) ? WeightOrder.Pairs : WeightOrder.Rows;
    }

    // For every k of the panel, the index within an output channel's weights [C, frames, rows, columns]; -1 where a tap is filled up.
    private static long[] Indices(Shape shape, int blockChannels, int together)
    {
        var (channels, frames, rows, columns) = (shape[1], shape[2], shape[3], shape[4]);
        var order = new List<long>();
        for (long plane = 0; plane < frames * rows; plane++)
            for (long first = 0; first < channels; first += blockChannels)
                for (long column = 0; column < columns; column++)
                {
                    for (var channel = first; channel < Math.Min(channels, first + blockChannels); channel++)
                        order.Add((((channel * frames * rows) + plane) * columns) + column);
                    while (order.Count % together != 0)
                        order.Add(-1);
                }

        return [.. order];
    }

    private static void ReadRows(Tensor weight, long first, int count, long depth, float* rows)
    {
        System.Runtime.InteropServices.NativeMemory.Clear(rows + (count * depth), (nuint)((Width - count) * depth * sizeof(float)));
        var layout = weight.Layout;
        var inner = layout.Shape[-1];
        var runs = new RowMap(layout);
        var runsPerRow = inner == 0 ? 0 : depth / inner;
        for (long run = 0; run < count * runsPerRow; run++)
        {
            var source = weight.Address() + (runs.OffsetOf((first * runsPerRow) + run) * weight.DType.SizeInBytes());
            ElementConversion.ReadFloats(weight.DType, source, layout.Strides[^1], rows + (run * inner), inner);
        }
    }

    private static void PackPanel(float* rows, long depth, long[]? indices, int together, PackedWeights packed, long panel)
    {
        var factors = stackalloc float[Width];
        var scales = packed.Scales is null ? null : packed.Scales.Floats() + (panel * Width);
        var sums = packed.Sums is null ? null : (int*)packed.Sums.Address() + (panel * Width);
        for (var n = 0; scales != null && n < Width; n++)
            (scales[n], factors[n]) = Int8Scale(rows + (n * depth), depth);
        for (var n = 0; sums != null && n < Width; n++)
            sums[n] = 0;
        var target = packed.Panels.Address() + (panel * packed.Steps * together * Width * packed.Panels.DType.SizeInBytes());
        for (long k = 0; k < packed.Steps * together; k++)
        {
            var index = indices is null ? k : indices[k];
            var isFilling = index < 0 || index >= depth;
            for (var n = 0; n < Width; n++)
            {
                var weight = isFilling ? 0 : rows[(n * depth) + index];
                if (packed.Format == WeightFormat.Float32)
                    ((float*)target)[(k * Width) + n] = weight;
                else if (packed.Format == WeightFormat.BFloat16)
                    ((ushort*)target)[At(packed.Order, k, n)] = ElementConversion.ToBFloat16(weight);
                else
                {
                    var whole = (sbyte)MathF.Round(weight * factors[n]);
                    ((sbyte*)target)[packed.Order == WeightOrder.Quads ? At(packed.Order, k, n) : (k * Width) + n] = whole;
                    if (sums != null)
                        sums[n] += whole;
                }
            }
        }
    }

    // Where column n of row k lies among the panel's numbers.
    private static long At(WeightOrder order, long k, int n) => order switch
    {
        WeightOrder.Pairs => (((k / 2 * Width) + n) * 2) + (k % 2),
        WeightOrder.Quads => (((k / 4 * Width) + n) * 4) + (k % 4),
        _ => (k * Width) + (n < 16 ? 2 * n : (2 * n) - 31),
    };

    // A weight that is not finite makes its channel's scale NaN, and so every output of the channel: visible, where an integer would hide it.
    private static (float Scale, float Factor) Int8Scale(float* row, long count)
    {
        var largest = 0f;
        for (long i = 0; i < count; i++)
            largest = MathF.Max(largest, MathF.Abs(row[i]));
        if (!float.IsFinite(largest))
            return (float.NaN, 0);
        return largest == 0 ? (0, 0) : (largest / 127, 127 / largest);
    }
}
