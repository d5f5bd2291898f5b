using System.Runtime.Intrinsics;
using Kinora.Media;

namespace Kinora.Rendering.Parallax;

/// <summary>Lays the subject over rows of a frame, only where it is; its opacity is looked at only where it is neither clear nor solid.</summary>
internal readonly unsafe struct SubjectRenderer(SubjectLayer layer, SourceGrid grid, LayerCover cover, WarpInstructions instructions)
{
    /// <summary>Renders rows <paramref name="from"/> to <paramref name="to"/> (both even) of all three planes; <see cref="LayerCover.Find"/> has been there.</summary>
    public void Rows(VideoFrame frame, int from, int to)
    {
        int width = frame.Size.Width;
        byte* colour = stackalloc byte[width + 16];
        byte* other = stackalloc byte[width + 16];
        byte* alpha = stackalloc byte[width + 16];
        int* colourMemory = stackalloc int[RowMap.MemoryFor(grid.Columns)];
        int* alphaMemory = stackalloc int[RowMap.MemoryFor(grid.Columns)];
        Span<float> x = stackalloc float[grid.Columns], y = stackalloc float[grid.Columns];
        for (var row = from; row < to; row++)
        {
            var areas = cover.Row(row);
            if (!areas.ContainsAnyExcept(Cover.None))
                continue;
            const int Shift = SourceGrid.CellShift;
            grid.Row(row, 0, x, y);
            var colourMap = RowMap.Create(x, y, 2, 0.5f - 2 * layer.Sheet.OriginX, 0.5f - 2 * layer.Sheet.OriginY, Shift, colourMemory);
            var alphaMap = RowMap.Create(x, y, 1, 0, 0, Shift, alphaMemory);
            var luma = frame.Y.Slice(row * width, width);
            for (int area = 0, run; area < areas.Length; area += run)
            {
                run = LayerCover.RunFrom(areas, area);
                if (areas[area] == Cover.None)
                    continue;
                var start = area << LayerCover.AreaShift;
                var output = luma[start..Math.Min(width, (area + run) << LayerCover.AreaShift)];
                if (areas[area] == Cover.Whole)
                {
                    Warp(layer.Sheet.Luma, colourMap, start, output);
                    continue;
                }
                WarpKernel.Row(layer.Sheet.Luma, colourMap.From(start >> Shift), output.Length, colour, instructions);
                WarpKernel.Row(layer.Alpha, alphaMap.From(start >> Shift), output.Length, alpha, instructions);
                Blend(output, colour, alpha);
            }
        }
        for (var row = from / 2; row < to / 2; row++)
        {
            var areas = cover.Row(2 * row);
            if (!areas.ContainsAnyExcept(Cover.None))
                continue;
            const int Shift = SourceGrid.CellShift - 1, AreaShift = LayerCover.AreaShift - 1;
            grid.Row(2 * row + 0.5f, 0.5f, x, y);
            var colourMap = RowMap.Create(x, y, 1, -layer.Sheet.OriginX, -layer.Sheet.OriginY, Shift, colourMemory);
            var alphaMap = RowMap.Create(x, y, 1, 0, 0, Shift, alphaMemory);
            Span<byte> blue = frame.U.Slice(row * (width / 2), width / 2), red = frame.V.Slice(row * (width / 2), width / 2);
            for (int area = 0, run; area < areas.Length; area += run)
            {
                run = LayerCover.RunFrom(areas, area);
                if (areas[area] == Cover.None)
                    continue;
                var start = area << AreaShift;
                var end = Math.Min(width / 2, (area + run) << AreaShift);
                if (areas[area] == Cover.Whole)
                {
                    WarpBoth(colourMap, start, blue[start..end], red[start..end]);
                    continue;
                }
                WarpKernel.Row(layer.Sheet.Blue, layer.Sheet.Red, colourMap.From(start >> Shift), end - start, colour, other, instructions);
                WarpKernel.Row(layer.Alpha, alphaMap.From(start >> Shift), end - start, alpha, instructions);
                Blend(blue[start..end], colour, alpha);
                Blend(red[start..end], other, alpha);
            }
        }
    }

    private void Warp(Texture texture, RowMap map, int start, Span<byte> output)
    {
        fixed (byte* target = output)
            WarpKernel.Row(texture, map.From(start >> map.CellShift), output.Length, target, instructions);
    }

    private void WarpBoth(RowMap map, int start, Span<byte> blue, Span<byte> red)
    {
        fixed (byte* u = blue, v = red)
            WarpKernel.Row(layer.Sheet.Blue, layer.Sheet.Red, map.From(start >> map.CellShift), blue.Length, u, v, instructions);
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
