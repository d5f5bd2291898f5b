using Kinora.Media;

namespace Kinora.Rendering.Parallax;

/// <summary>Resamples a sheet through a grid into rows of a frame.</summary>
internal static unsafe class SheetRenderer
{
    /// <summary>Renders rows <paramref name="from"/> to <paramref name="to"/> (both even) of all three planes.</summary>
    public static void Rows(Sheet sheet, SourceGrid grid, VideoFrame frame, int from, int to, WarpInstructions instructions)
    {
        int width = frame.Size.Width, nodes = grid.Columns;
        int* x = stackalloc int[nodes + 1];
        int* y = stackalloc int[nodes + 1];
        fixed (byte* luma = frame.Y, blue = frame.U, red = frame.V)
        {
            for (var row = from; row < to; row++)
            {
                Nodes(grid, row, 0, 2, 2 * sheet.Margin + 0.5f, x, y);
                WarpKernel.Row(sheet.Luma, new RowMap(x, y, SourceGrid.CellShift), width, luma + row * width, instructions);
            }
            for (var row = from / 2; row < to / 2; row++)
            {
                // A chroma sample sits in the middle of its 2x2 luma pixels.
                Nodes(grid, 2 * row + 0.5f, 0.5f, 1, sheet.Margin, x, y);
                var map = new RowMap(x, y, SourceGrid.CellShift - 1);
                WarpKernel.Row(sheet.Blue, map, width / 2, blue + row * (width / 2), instructions);
                WarpKernel.Row(sheet.Red, map, width / 2, red + row * (width / 2), instructions);
            }
        }
    }

    // Texture coordinate = scale * picture coordinate + offset, at the given row and a constant shift along it.
    private static void Nodes(SourceGrid grid, float row, float shift, float scale, float offset, int* x, int* y)
    {
        var cell = (int)row >> SourceGrid.CellShift;
        var inside = (row - (cell << SourceGrid.CellShift)) / SourceGrid.CellPixels;
        var along = shift / SourceGrid.CellPixels;
        ReadOnlySpan<float> upperX = grid.X.AsSpan(cell * grid.Stride, grid.Columns), lowerX = grid.X.AsSpan((cell + 1) * grid.Stride, grid.Columns);
        ReadOnlySpan<float> upperY = grid.Y.AsSpan(cell * grid.Stride, grid.Columns), lowerY = grid.Y.AsSpan((cell + 1) * grid.Stride, grid.Columns);
        for (var i = 0; i < grid.Columns; i++)
        {
            var next = Math.Min(i + 1, grid.Columns - 1);
            float hereX = Mix(upperX[i], lowerX[i], inside), hereY = Mix(upperY[i], lowerY[i], inside);
            hereX += (Mix(upperX[next], lowerX[next], inside) - hereX) * along;
            hereY += (Mix(upperY[next], lowerY[next], inside) - hereY) * along;
            x[i] = Fixed(hereX * scale + offset);
            y[i] = Fixed(hereY * scale + offset);
        }
        (x[grid.Columns], y[grid.Columns]) = (x[grid.Columns - 1], y[grid.Columns - 1]);
    }

    private static float Mix(float a, float b, float weight) => a + (b - a) * weight;

    private static int Fixed(float position) => (int)MathF.Floor(Math.Clamp(position, -4000f, 30000f) * RowMap.One + 0.5f);
}
