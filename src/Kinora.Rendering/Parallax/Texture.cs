namespace Kinora.Rendering.Parallax;

/// <summary>
/// A plane to sample from: 16-bit samples, 8-bit code values times 64, so that two of them fit a signed multiply-add.
/// Its edges are repeated outward, so that a kernel may read a little beyond any pixel inside.
/// </summary>
internal sealed unsafe class Texture
{
    /// <summary>One code value of the 8-bit output in texture units.</summary>
    public const int Unit = 64;

    private const int Before = 16, After = 48, RowsAround = 3;
    private readonly short[] _samples;

    public Texture(int width, int height)
    {
        (Width, Height) = (width, height);
        Stride = (width + Before + After + 15) & ~15;
        _samples = GC.AllocateUninitializedArray<short>(Stride * (height + 2 * RowsAround), pinned: true);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Samples from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The first sample of the first row; the array is pinned for its whole life.</summary>
    public short* Origin => (short*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _samples[RowsAround * Stride + Before]);

    public Span<short> Row(int y) => _samples.AsSpan((y + RowsAround) * Stride + Before, Width);

    /// <summary>Quantises code values (0 to 255, fractions kept) into a row.</summary>
    public void SetRow(int y, ReadOnlySpan<float> codes)
    {
        var row = Row(y);
        for (var x = 0; x < row.Length; x++)
            row[x] = (short)(Math.Clamp(codes[x], 0f, 255f) * Unit + 0.5f);
    }

    /// <summary>Repeats the edge pixels outward; call once when all rows are set.</summary>
    public void ExtendEdges()
    {
        for (var y = 0; y < Height; y++)
        {
            var start = (y + RowsAround) * Stride;
            var row = Row(y);
            _samples.AsSpan(start, Before).Fill(row[0]);
            _samples.AsSpan(start + Before + Width, Stride - Before - Width).Fill(row[^1]);
        }
        for (var k = 0; k < RowsAround; k++)
        {
            _samples.AsSpan(RowsAround * Stride, Stride).CopyTo(_samples.AsSpan(k * Stride));
            _samples.AsSpan((RowsAround + Height - 1) * Stride, Stride).CopyTo(_samples.AsSpan((RowsAround + Height + k) * Stride));
        }
    }
}
