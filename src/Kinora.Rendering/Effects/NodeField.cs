using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects;

/// <summary>One number per node of a grid, linear between nodes.</summary>
internal sealed class NodeField
{
    public NodeField(SourceGrid grid) => (Grid, Values) = (grid, new float[grid.Rows * grid.Columns]);

    /// <summary>One in the fixed point of <see cref="Row"/>.</summary>
    public const float One = 1 << 16;

    public SourceGrid Grid { get; }

    public int Columns => Grid.Columns;

    /// <summary><c>[Rows, Columns]</c>.</summary>
    public float[] Values { get; }

    /// <summary>A plane over the picture, seen through the grid.</summary>
    public static NodeField Sample(Plane plane, SourceGrid grid, float scale = 1)
    {
        var field = new NodeField(grid);
        float perX = (float)plane.Width / grid.Size.Width, perY = (float)plane.Height / grid.Size.Height;
        for (var row = 0; row < grid.Rows; row++)
        {
            for (var column = 0; column < grid.Columns; column++)
            {
                var at = row * grid.Stride + column;
                field.Values[row * grid.Columns + column] = scale * plane.Sample((grid.X[at] + 0.5f) * perX - 0.5f, (grid.Y[at] + 0.5f) * perY - 0.5f);
            }
        }
        return field;
    }

    /// <summary>A function of the place on the screen, 0 to 1 each way.</summary>
    public static NodeField OnScreen(SourceGrid grid, Func<float, float, float> function)
    {
        var field = new NodeField(grid);
        for (var row = 0; row < grid.Rows; row++)
        {
            for (var column = 0; column < grid.Columns; column++)
                field.Values[row * grid.Columns + column] = function((float)column * SourceGrid.CellPixels / grid.Size.Width, (float)row * SourceGrid.CellPixels / grid.Size.Height);
        }
        return field;
    }

    public NodeField Times(NodeField other)
    {
        for (var i = 0; i < Values.Length; i++)
            Values[i] *= other.Values[i];
        return this;
    }

    /// <summary>The nodes of one output row as 16.16 fixed point; false if all are zero.</summary>
    public bool Row(float row, Span<int> nodes)
    {
        var cell = (int)row >> SourceGrid.CellShift;
        var inside = (row - (cell << SourceGrid.CellShift)) / SourceGrid.CellPixels;
        ReadOnlySpan<float> upper = Values.AsSpan(cell * Columns, Columns), lower = Values.AsSpan((cell + 1) * Columns, Columns);
        var any = false;
        for (var i = 0; i < Columns; i++)
        {
            nodes[i] = (int)((upper[i] + (lower[i] - upper[i]) * inside) * One);
            any |= nodes[i] is > 200 or < -200;
        }
        nodes[Columns] = nodes[Columns - 1];
        return any;
    }

    /// <summary>The value at a place on the screen in pixels.</summary>
    public float At(float x, float y)
    {
        float column = Math.Clamp(x / SourceGrid.CellPixels, 0, Columns - 1.001f), row = Math.Clamp(y / SourceGrid.CellPixels, 0, Grid.Rows - 1.001f);
        int left = (int)column, top = (int)row;
        float fx = column - left, fy = row - top;
        var at = top * Columns + left;
        var upper = Values[at] + (Values[at + 1] - Values[at]) * fx;
        var lower = Values[at + Columns] + (Values[at + Columns + 1] - Values[at + Columns]) * fx;
        return upper + (lower - upper) * fy;
    }
}
