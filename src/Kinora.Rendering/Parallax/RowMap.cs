namespace Kinora.Rendering.Parallax;

/// <summary>
/// Where the pixels of one output row come from: texture coordinates in 16.16 fixed point at every <see cref="CellPixels"/>-th pixel,
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

    public int CellPixels => 1 << CellShift;

    /// <summary>A position in fixed point; far outside any texture it stays far outside.</summary>
    public static int Fixed(float position) => (int)MathF.Floor(Math.Clamp(position, -4000f, 30000f) * One + 0.5f);
}
