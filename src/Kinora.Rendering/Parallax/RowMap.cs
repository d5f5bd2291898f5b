using System.Runtime.Intrinsics;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// Where the pixels of one output row come from: texture coordinates at every 8th or 16th pixel, in 128ths of a texel, and the step from pixel to pixel
/// between them, in 2048ths. Pixel i of a cell lies at base + (2048 i * step + 2^14) / 2^15: integers, because then every kernel computes the same
/// positions to the last bit.
/// </summary>
internal readonly unsafe struct RowMap
{
    public const int FractionBits = 7, StepBits = 11;

    private const float One = 1 << FractionBits;

    private RowMap(int* x, int* y, int length, int cellShift)
    {
        X = x;
        StepX = x + length;
        Y = y;
        StepY = y + length;
        CellShift = cellShift;
    }

    /// <summary>Bases of all cells, and one more.</summary>
    public int* X { get; }

    /// <summary>Steps of all cells, -32767 to 32767.</summary>
    public int* StepX { get; }

    public int* Y { get; }

    public int* StepY { get; }

    /// <summary>Cells are 8 or 16 pixels wide, so that a group of eight pixels lies in one cell.</summary>
    public int CellShift { get; }

    /// <summary>Integers of memory that a map needs: a kernel may read a little beyond its last cell.</summary>
    public static int MemoryFor(int nodes) => 4 * LengthFor(nodes);

    /// <param name="x">Positions at the nodes, in pixels of anything.</param>
    /// <param name="y">Likewise.</param>
    /// <param name="scale">Texture pixels per such pixel.</param>
    /// <param name="offsetX">Texture pixels to add.</param>
    /// <param name="offsetY">Likewise.</param>
    /// <param name="cellShift">Logarithm of the pixels from node to node: 3 or 4.</param>
    /// <param name="memory">At least <see cref="MemoryFor"/> integers.</param>
    public static RowMap Create(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float scale, float offsetX, float offsetY, int cellShift, int* memory)
    {
        var length = LengthFor(x.Length);
        var map = new RowMap(memory, memory + 2 * length, length, cellShift);
        Fill(x, scale, offsetX, cellShift, map.X, map.StepX);
        Fill(y, scale, offsetY, cellShift, map.Y, map.StepY);
        return map;
    }

    /// <summary>The map of the rest of the row, from a cell on.</summary>
    public RowMap From(int cell) => new(X + cell, Y + cell, (int)(StepX - X), CellShift);

    private static int LengthFor(int nodes) => (nodes + 8 + 7) & ~7;

    private static void Fill(ReadOnlySpan<float> positions, float scale, float offset, int cellShift, int* bases, int* steps)
    {
        var perStep = scale * (1 << StepBits >> cellShift);
        var i = 0;
        for (; i <= positions.Length - 9; i += 8)
        {
            Vector256<float> here = Vector256.Create(positions[i..]), next = Vector256.Create(positions[(i + 1)..]);
            Round(Clamp(here * scale + Vector256.Create(offset), -4000f, 30000f) * One).Store(bases + i);
            Round(Clamp((next - here) * perStep, -32767f, 32767f)).Store(steps + i);
        }
        for (; i < positions.Length; i++)
        {
            bases[i] = Round(Math.Clamp(positions[i] * scale + offset, -4000f, 30000f) * One);
            steps[i] = i + 1 < positions.Length ? Round(Math.Clamp((positions[i + 1] - positions[i]) * perStep, -32767f, 32767f)) : 0;
        }
        (bases[i], steps[i]) = (bases[i - 1], 0);
    }

    private static int Round(float value) => (int)MathF.Floor(value + 0.5f);

    private static Vector256<int> Round(Vector256<float> value) => Vector256.ConvertToInt32Native(Vector256.Floor(value + Vector256.Create(0.5f)));

    private static Vector256<float> Clamp(Vector256<float> value, float least, float most) =>
        Vector256.Min(Vector256.Max(value, Vector256.Create(least)), Vector256.Create(most));
}
