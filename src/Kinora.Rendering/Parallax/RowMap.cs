using System.Runtime.Intrinsics;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// Where the pixels of one output row come from: texture coordinates in 16.16 fixed point at every 8th or 16th pixel,
/// linear between them. Integers, because then every kernel computes the same positions to the last bit.
/// </summary>
internal readonly unsafe struct RowMap(int* x, int* y, int cellShift)
{
    public const int FractionBits = 16;

    public const float One = 1 << FractionBits;

    public int* X { get; } = x;

    public int* Y { get; } = y;

    /// <summary>Cells are 8 or 16 pixels wide, so that a group of eight pixels lies in one cell.</summary>
    public int CellShift { get; } = cellShift;

    /// <summary>A position in fixed point; far outside any texture it stays far outside.</summary>
    public static int Fixed(float position) => (int)MathF.Floor(Math.Clamp(position, -4000f, 30000f) * One + 0.5f);

    /// <summary>Fills nodes with <c>Fixed(positions * scale + offset)</c>, and one more that repeats the last.</summary>
    /// <param name="positions">One number per node.</param>
    /// <param name="scale">Texture pixels per picture pixel.</param>
    /// <param name="offset">In texture pixels.</param>
    /// <param name="nodes">Takes one more than there are positions.</param>
    public static void Fill(ReadOnlySpan<float> positions, float scale, float offset, int* nodes)
    {
        var i = 0;
        for (; i <= positions.Length - 8; i += 8)
        {
            var position = Vector256.Create(positions[i..]) * scale + Vector256.Create(offset);
            position = Vector256.Min(Vector256.Max(position, Vector256.Create(-4000f)), Vector256.Create(30000f));
            Vector256.ConvertToInt32Native(Vector256.Floor(position * One + Vector256.Create(0.5f))).Store(nodes + i);
        }
        for (; i < positions.Length; i++)
            nodes[i] = Fixed(positions[i] * scale + offset);
        nodes[positions.Length] = nodes[positions.Length - 1];
    }
}
