using Kinora.Media;
using Kinora.Rendering.Effects;

namespace Kinora.Rendering.Parallax;

/// <summary>Resamples a sheet through a grid into rows of a frame, with the bends and drifts of effects on the way.</summary>
internal readonly unsafe struct SheetRenderer(Sheet sheet, SourceGrid grid, EffectFrame effects, WarpInstructions instructions)
{
    /// <summary>Renders rows <paramref name="from"/> to <paramref name="to"/> (both even) of all three planes.</summary>
    public void Rows(VideoFrame frame, int from, int to)
    {
        int width = frame.Size.Width;
        Span<float> x = stackalloc float[grid.Columns], y = stackalloc float[grid.Columns];
        Span<byte> other = stackalloc byte[width];
        for (var row = from; row < to; row++)
        {
            Nodes(row, 0, x, y);
            var luma = frame.Y.Slice(row * width, width);
            Warp(sheet.Luma, SourceGrid.CellShift, x, y, 2, 0.5f - 2 * sheet.OriginX, 0.5f - 2 * sheet.OriginY, luma);
            foreach (var drift in effects.Drifts)
                Flow(drift, row, sheet.Luma, SourceGrid.CellShift, x, y, 2, 0.5f - 2 * sheet.OriginX, 0.5f - 2 * sheet.OriginY, luma, other);
        }
        for (var row = from / 2; row < to / 2; row++)
        {
            // A chroma sample sits in the middle of its 2x2 luma pixels.
            Nodes(2 * row + 0.5f, 0.5f, x, y);
            Span<byte> blue = frame.U.Slice(row * (width / 2), width / 2), red = frame.V.Slice(row * (width / 2), width / 2);
            WarpChroma(x, y, blue, red);
            foreach (var drift in effects.Drifts)
            {
                Flow(drift, 2 * row + 0.5f, sheet.Blue, SourceGrid.CellShift - 1, x, y, 1, -sheet.OriginX, -sheet.OriginY, blue, other[..blue.Length]);
                Flow(drift, 2 * row + 0.5f, sheet.Red, SourceGrid.CellShift - 1, x, y, 1, -sheet.OriginX, -sheet.OriginY, red, other[..red.Length]);
            }
        }
    }

    private void Nodes(float row, float shift, Span<float> x, Span<float> y)
    {
        grid.Row(row, shift, x, y);
        foreach (var bend in effects.RowBends)
            bend.Bend(row, x, y);
    }

    private void Flow(Drift drift, float row, Texture texture, int cellShift, Span<float> x, Span<float> y, float scale, float offsetX, float offsetY, Span<byte> output, Span<byte> other)
    {
        Span<int> mask = stackalloc int[grid.Columns + 1];
        if (!drift.Mask.Row(row, mask))
            return;
        Warp(texture, cellShift, x, y, scale, offsetX, offsetY, other, drift.First);
        RowPaint.Towards(output, mask, cellShift, other);
        Warp(texture, cellShift, x, y, scale, offsetX, offsetY, other, drift.Second);
        for (var i = 0; i < mask.Length; i++)
            mask[i] = (int)(mask[i] * drift.SecondWeight);
        RowPaint.Towards(output, mask, cellShift, other);
    }

    // Texture coordinate = scale * (picture coordinate + shift) + offset.
    private void Warp(Texture texture, int cellShift, Span<float> x, Span<float> y, float scale, float offsetX, float offsetY, Span<byte> output, (float X, float Y) shift = default)
    {
        int* memory = stackalloc int[RowMap.MemoryFor(x.Length)];
        var map = RowMap.Create(x, y, scale, shift.X * scale + offsetX, shift.Y * scale + offsetY, cellShift, memory);
        fixed (byte* target = output)
            WarpKernel.Row(texture, map, output.Length, target, instructions);
    }

    private void WarpChroma(Span<float> x, Span<float> y, Span<byte> blue, Span<byte> red)
    {
        int* memory = stackalloc int[RowMap.MemoryFor(x.Length)];
        var map = RowMap.Create(x, y, 1, -sheet.OriginX, -sheet.OriginY, SourceGrid.CellShift - 1, memory);
        fixed (byte* u = blue, v = red)
            WarpKernel.Row(sheet.Blue, sheet.Red, map, blue.Length, u, v, instructions);
    }
}
