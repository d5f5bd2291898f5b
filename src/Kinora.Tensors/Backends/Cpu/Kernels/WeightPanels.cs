using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>The right operand of a product: panels [N/32][K][32] in one of the storage formats, and how a block of one becomes floats.</summary>
internal readonly unsafe struct WeightPanels<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const int Width = RegisterTile<S, V>.PanelWidth;

    private readonly byte* data;
    private readonly long depth;
    private readonly long batchFloats;

    /// <summary>Packed weights.</summary>
    public WeightPanels(PackedWeights weights)
    {
        Format = weights.Format;
        data = weights.Panels.Address();
        depth = weights.Depth;
        Scales = weights.Scales is { } scales ? scales.Floats() : null;
    }

    /// <summary>Panels of floats, one set per batch entry.</summary>
    public WeightPanels(float* panels, long depth, long batchFloats)
    {
        Format = WeightFormat.Float32;
        data = (byte*)panels;
        this.depth = depth;
        this.batchFloats = batchFloats;
    }

    public WeightFormat Format { get; }

    /// <summary>Factor of every output channel, or null.</summary>
    public float* Scales { get; }

    /// <summary>
    /// Rows <paramref name="start"/> to <c>start + count - 1</c> of <paramref name="panels"/> neighbouring panels as floats: where they are, if they are floats
    /// already, or converted into <paramref name="buffer"/>. <paramref name="panelStep"/> is the distance of two panels' blocks.
    /// </summary>
    public float* Block(long batch, long panel, int panels, long start, int count, float* buffer, out long panelStep)
    {
        if (Format == WeightFormat.Float32)
        {
            panelStep = depth * Width;
            return (float*)data + (batch * batchFloats) + (panel * panelStep) + (start * Width);
        }

        panelStep = (long)count * Width;
        for (var i = 0; i < panels; i++)
        {
            var first = (((panel + i) * depth) + start) * Width;
            if (Format == WeightFormat.BFloat16)
                FromBFloat16((uint*)(data + (first * 2)), buffer + (i * panelStep), count);
            else
                FromInt8((sbyte*)data + first, buffer + (i * panelStep), panelStep);
        }

        return buffer;
    }

    // Word i of a row holds column i in its low and column i + 16 in its high half: two instructions make two vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromBFloat16(uint* source, float* target, int count)
    {
        for (var k = 0; k < count; k++, source += Width / 2, target += Width)
        {
            for (var i = 0; i < Width / 2; i += S.Lanes)
            {
                S.LoadPairedBFloat16(source + i, out var low, out var high);
                S.Store(target + i, low);
                S.Store(target + (Width / 2) + i, high);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromInt8(sbyte* source, float* target, long count)
    {
        for (long i = 0; i < count; i += S.Lanes)
            S.Store(target + i, S.LoadInt8(source + i));
    }
}
