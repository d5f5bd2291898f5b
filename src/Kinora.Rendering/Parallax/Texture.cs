namespace Kinora.Rendering.Parallax;

/// <summary>
/// A plane to sample from: one signed byte per sample, the code value less 128, so that a kernel can multiply it by unsigned weights.
/// Its edges are repeated outward, so that a kernel may read a little beyond any pixel inside.
/// </summary>
internal sealed unsafe class Texture
{
    /// <summary>What a sample lacks of its code value.</summary>
    public const int Bias = 128;

    /// <summary>Samples by which every row continues to the right: a kernel may load this many from any pixel inside.</summary>
    public const int Run = 128;

    /// <summary>Samples by which every row continues to the left, and rows by which the texture continues up and down.</summary>
    public const int Before = 64, RowsAround = 2;

    private readonly sbyte[] _samples;

    public Texture(int width, int height)
    {
        (Width, Height) = (width, height);
        Stride = (width + Before + Run + 63) & ~63;
        _samples = GC.AllocateUninitializedArray<sbyte>(Stride * (height + 2 * RowsAround), pinned: true);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Samples from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The first sample of the first row; the array is pinned for its whole life.</summary>
    public sbyte* Origin => (sbyte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _samples[RowsAround * Stride + Before]);

    public Span<sbyte> Row(int y) => _samples.AsSpan((y + RowsAround) * Stride + Before, Width);

    /// <summary>Rounds code values (clamped to 0 to 255) into a row.</summary>
    public void SetRow(int y, ReadOnlySpan<float> codes) => TextureCodes.Round(codes, Row(y));

    /// <summary>Repeats the edge pixels outward; call once when all rows are set.</summary>
    public void ExtendEdges()
    {
        for (var y = 0; y < Height; y++)
            ExtendRow(y);
        ExtendUpAndDown();
    }

    /// <summary>Repeats the outer pixels of one row; for those who make rows on several threads.</summary>
    public void ExtendRow(int y)
    {
        var start = (y + RowsAround) * Stride;
        var row = Row(y);
        _samples.AsSpan(start, Before).Fill(row[0]);
        _samples.AsSpan(start + Before + Width, Stride - Before - Width).Fill(row[^1]);
    }

    /// <summary>Repeats the first and the last row, whose ends are extended already.</summary>
    public void ExtendUpAndDown()
    {
        for (var k = 0; k < RowsAround; k++)
        {
            _samples.AsSpan(RowsAround * Stride, Stride).CopyTo(_samples.AsSpan(k * Stride));
            _samples.AsSpan((RowsAround + Height - 1) * Stride, Stride).CopyTo(_samples.AsSpan((RowsAround + Height + k) * Stride));
        }
    }
}
