using Kinora.Media;
using Kinora.Rendering.Effects;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// Resamples a sheet through a grid into rows of a frame, with the bends and drifts of effects on the way. What a layer in front covers whole is left as it is.
/// </summary>
internal readonly unsafe struct SheetRenderer(Sheet sheet, SourceGrid grid, EffectFrame effects, WarpInstructions instructions, LayerCover? cover = null)
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
            WarpLuma(row, x, y, luma);
            foreach (var drift in effects.Drifts)
                Flow(drift, row, sheet.Luma, SourceGrid.CellShift, x, y, 2, 0.5f - 2 * sheet.OriginX, 0.5f - 2 * sheet.OriginY, luma, other);
        }
        for (var row = from / 2; row < to / 2; row++)
        {
            // A chroma sample sits in the middle of its 2x2 luma pixels.
            Nodes(2 * row + 0.5f, 0.5f, x, y);
            Span<byte> blue = frame.U.Slice(row * (width / 2), width / 2), red = frame.V.Slice(row * (width / 2), width / 2);
            WarpChroma(row, x, y, blue, red);
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

    private void WarpLuma(int row, Span<float> x, Span<float> y, Span<byte> luma)
    {
        int* memory = stackalloc int[RowMap.MemoryFor(x.Length)];
        var map = RowMap.Create(x, y, 2, 0.5f - 2 * sheet.OriginX, 0.5f - 2 * sheet.OriginY, SourceGrid.CellShift, memory);
        fixed (byte* target = luma)
        {
            for (int start = 0, end; start < luma.Length; start = end)
            {
                end = NextRun(row, start, 0, luma.Length, out var isHidden);
                if (!isHidden)
                    WarpKernel.Row(sheet.Luma, map.From(start >> SourceGrid.CellShift), end - start, target + start, instructions);
            }
        }
    }

    private void WarpChroma(int row, Span<float> x, Span<float> y, Span<byte> blue, Span<byte> red)
    {
        int* memory = stackalloc int[RowMap.MemoryFor(x.Length)];
        var map = RowMap.Create(x, y, 1, -sheet.OriginX, -sheet.OriginY, SourceGrid.CellShift - 1, memory);
        fixed (byte* u = blue, v = red)
        {
            for (int start = 0, end; start < blue.Length; start = end)
            {
                end = NextRun(2 * row, start, 1, blue.Length, out var isHidden);
                if (!isHidden)
                    WarpKernel.Row(sheet.Blue, sheet.Red, map.From(start >> SourceGrid.CellShift - 1), end - start, u + start, v + start, instructions);
            }
        }
    }

    // Where what begins at a pixel ends, in pixels of a plane that is smaller than the frame by a shift: something to render, or something that is hidden.
    private int NextRun(int lumaRow, int start, int shift, int width, out bool isHidden)
    {
        isHidden = false;
        if (cover is null)
            return width;
        var areas = cover.Row(lumaRow);
        var area = start >> LayerCover.AreaShift - shift;
        isHidden = areas[area] == Cover.Whole;
        while (area < areas.Length && areas[area] == Cover.Whole == isHidden)
            area++;
        return Math.Min(width, area << LayerCover.AreaShift - shift);
    }
}
