using System.Runtime.Intrinsics;
using Kinora.Media;

namespace Kinora.Rendering.Parallax;

/// <summary>Lays the subject over rows of a frame, only where it is.</summary>
internal readonly unsafe struct SubjectRenderer(SubjectLayer layer, SourceGrid grid, WarpInstructions instructions)
{
    public void Rows(VideoFrame frame, int from, int to)
    {
        int width = frame.Size.Width;
        byte* colour = stackalloc byte[width + 16];
        byte* other = stackalloc byte[width + 16];
        byte* alpha = stackalloc byte[width + 16];
        Span<float> x = stackalloc float[grid.Columns], y = stackalloc float[grid.Columns];
        for (var row = from; row < to; row++)
        {
            grid.Row(row, 0, x, y);
            var (first, cells) = Covered(x, y);
            if (cells == 0)
                continue;
            var output = Part(frame.Y.Slice(row * width, width), first, cells, SourceGrid.CellShift);
            Warp(layer.Alpha, null, SourceGrid.CellShift, x, y, first, 1, 0, 0, output.Length, alpha);
            Warp(layer.Sheet.Luma, null, SourceGrid.CellShift, x, y, first, 2, 0.5f - 2 * layer.Sheet.OriginX, 0.5f - 2 * layer.Sheet.OriginY, output.Length, colour);
            Blend(output, colour, alpha);
        }
        for (var row = from / 2; row < to / 2; row++)
        {
            grid.Row(2 * row + 0.5f, 0.5f, x, y);
            var (first, cells) = Covered(x, y);
            if (cells == 0)
                continue;
            const int Shift = SourceGrid.CellShift - 1;
            var blue = Part(frame.U.Slice(row * (width / 2), width / 2), first, cells, Shift);
            var red = Part(frame.V.Slice(row * (width / 2), width / 2), first, cells, Shift);
            Warp(layer.Alpha, null, Shift, x, y, first, 1, 0, 0, blue.Length, alpha);
            Warp(layer.Sheet.Blue, layer.Sheet.Red, Shift, x, y, first, 1, -layer.Sheet.OriginX, -layer.Sheet.OriginY, blue.Length, colour, other);
            Blend(blue, colour, alpha);
            Blend(red, other, alpha);
        }
    }

    // The run of cells whose corners come near the subject's box.
    private (int First, int Cells) Covered(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        int first = int.MaxValue, last = -1;
        for (var i = 0; i + 1 < x.Length; i++)
        {
            if (Math.Max(x[i], x[i + 1]) < layer.Box.Left - 1 || Math.Min(x[i], x[i + 1]) > layer.Box.Right
                || Math.Max(y[i], y[i + 1]) < layer.Box.Top - 1 || Math.Min(y[i], y[i + 1]) > layer.Box.Bottom)
                continue;
            first = Math.Min(first, i);
            last = i;
        }
        return last < 0 ? (0, 0) : (first, last - first + 1);
    }

    private static Span<byte> Part(Span<byte> row, int first, int cells, int cellShift)
    {
        var start = first << cellShift;
        return start >= row.Length ? [] : row.Slice(start, Math.Min(cells << cellShift, row.Length - start));
    }

    private void Warp(
        Texture texture, Texture? second, int cellShift, ReadOnlySpan<float> x, ReadOnlySpan<float> y, int first, float scale, float offsetX, float offsetY, int width, byte* output, byte* secondOutput = null)
    {
        if (width == 0)
            return;
        int* memory = stackalloc int[RowMap.MemoryFor(x.Length - first)];
        var map = RowMap.Create(x[first..], y[first..], scale, offsetX, offsetY, cellShift, memory);
        if (second is null)
            WarpKernel.Row(texture, map, width, output, instructions);
        else
            WarpKernel.Row(texture, second, map, width, output, secondOutput, instructions);
    }

    // out += (colour - out) alpha / 255, by the usual (a + a / 128) / 256.
    private static void Blend(Span<byte> output, byte* colour, byte* alpha)
    {
        var x = 0;
        for (; x <= output.Length - 16; x += 16)
        {
            var weights = Vector128.Load(alpha + x);
            if (weights == Vector128<byte>.Zero)
                continue;
            var (below, above) = (Vector128.Create<byte>(output[x..]), Vector128.Load(colour + x));
            var low = Mix(Vector128.WidenLower(below), Vector128.WidenLower(above), Vector128.WidenLower(weights));
            var high = Mix(Vector128.WidenUpper(below), Vector128.WidenUpper(above), Vector128.WidenUpper(weights));
            Vector128.Narrow(low, high).CopyTo(output[x..]);
        }
        for (; x < output.Length; x++)
        {
            var weight = alpha[x] + (alpha[x] >> 7);
            output[x] = (byte)((output[x] * (256 - weight) + colour[x] * weight + 128) >> 8);
        }
    }

    private static Vector128<ushort> Mix(Vector128<ushort> below, Vector128<ushort> above, Vector128<ushort> alpha)
    {
        var weight = alpha + (alpha >>> 7);
        return (below * (Vector128.Create((ushort)256) - weight) + above * weight + Vector128.Create((ushort)128)) >>> 8;
    }
}
