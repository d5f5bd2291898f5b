using Kinora.Media;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// Where in a frame the subject hides the background, is mixed with it, or is not: per area of 64x16 pixels, which is what the fastest kernel takes at once
/// in both resolutions. Neither what is hidden nor what is not there needs to be resampled; the frame's bytes are the same.
/// </summary>
internal sealed class LayerCover(FrameSize size)
{
    private const int CellsShift = 2, Cells = 1 << CellsShift;

    /// <summary>Logarithm of an area's width in luma pixels.</summary>
    public const int AreaShift = SourceGrid.CellShift + CellsShift;

    private readonly int _columns = ((size.Width - 1) >> AreaShift) + 1;
    private readonly Cover[] _areas = new Cover[(((size.Width - 1) >> AreaShift) + 1) * (((size.Height - 1) >> SourceGrid.CellShift) + 1)];

    /// <summary>Finds it for luma rows <paramref name="from"/> to <paramref name="to"/>, whole areas.</summary>
    public void Find(SubjectLayer layer, SourceGrid grid, int from, int to)
    {
        for (var row = from >> SourceGrid.CellShift; row << SourceGrid.CellShift < to; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                // Chroma lies half a pixel further: its cells end a little within the next ones.
                int first = column << CellsShift, count = Math.Min(Cells + 2, grid.Columns - first);
                var (left, right) = Range(grid.X, row * grid.Stride + first, grid.Stride, count);
                var (top, bottom) = Range(grid.Y, row * grid.Stride + first, grid.Stride, count);
                _areas[row * _columns + column] = layer.Range.Within(left, top, right, bottom);
            }
        }
    }

    /// <summary>The areas that a luma row goes through.</summary>
    public ReadOnlySpan<Cover> Row(int row) => _areas.AsSpan((row >> SourceGrid.CellShift) * _columns, _columns);

    /// <summary>How many areas from <paramref name="first"/> on are alike.</summary>
    public static int RunFrom(ReadOnlySpan<Cover> areas, int first)
    {
        var length = areas[first..].IndexOfAnyExcept(areas[first]);
        return length < 0 ? areas.Length - first : length;
    }

    // Of the nodes above and below.
    private static (float Least, float Most) Range(float[] nodes, int upper, int stride, int count)
    {
        float least = float.MaxValue, most = float.MinValue;
        for (var i = 0; i < count; i++)
        {
            float a = nodes[upper + i], b = nodes[upper + stride + i];
            least = Math.Min(least, Math.Min(a, b));
            most = Math.Max(most, Math.Max(a, b));
        }
        return (least, most);
    }
}
