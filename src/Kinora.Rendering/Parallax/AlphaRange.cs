namespace Kinora.Rendering.Parallax;

/// <summary>The least and the most of every block of 16x16 samples of an alpha texture, so that a whole area can be looked up at once.</summary>
internal sealed class AlphaRange
{
    private const int BlockShift = 4;

    private const sbyte Clear = -Texture.Bias, Solid = 255 - Texture.Bias;

    private readonly int _width, _height, _columns;
    private readonly sbyte[] _least, _most;

    public AlphaRange(Texture alpha)
    {
        (_width, _height, _columns) = (alpha.Width, alpha.Height, ((alpha.Width - 1) >> BlockShift) + 1);
        _least = new sbyte[_columns * (((alpha.Height - 1) >> BlockShift) + 1)];
        _most = new sbyte[_least.Length];
        Array.Fill(_least, sbyte.MaxValue);
        Array.Fill(_most, sbyte.MinValue);
        for (var y = 0; y < alpha.Height; y++)
        {
            var row = alpha.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var block = (y >> BlockShift) * _columns + (x >> BlockShift);
                _least[block] = Math.Min(_least[block], row[x]);
                _most[block] = Math.Max(_most[block], row[x]);
            }
        }
    }

    /// <summary>What any sample taken from between these corners can be; what lies outside the texture repeats its edge.</summary>
    public Cover Within(float left, float top, float right, float bottom)
    {
        // A sample mixes the pixel with its neighbour to the right and below; the other pixel is for the rounding of positions.
        int firstX = Block(left - 1, _width), lastX = Block(right + 2, _width), firstY = Block(top - 1, _height), lastY = Block(bottom + 2, _height);
        sbyte least = sbyte.MaxValue, most = sbyte.MinValue;
        for (var y = firstY; y <= lastY; y++)
        {
            for (var at = y * _columns + firstX; at <= y * _columns + lastX; at++)
            {
                least = Math.Min(least, _least[at]);
                most = Math.Max(most, _most[at]);
            }
        }
        return most == Clear ? Cover.None : least == Solid ? Cover.Whole : Cover.Part;
    }

    private static int Block(float position, int length) => (int)Math.Clamp(position, 0, length - 1) >> BlockShift;
}
