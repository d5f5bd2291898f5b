using System.Numerics;

namespace Kinora.Rendering.Planes;

/// <summary>How steeply several channels change from pixel to pixel: central differences over two pixels.</summary>
internal static class ColourGradient
{
    /// <summary>The length of the gradient over all channels; zero in the outermost pixels.</summary>
    public static Plane Of(Plane[] channels)
    {
        int width = channels[0].Width, height = channels[0].Height;
        var result = new Plane(width, height);
        Span<float> squares = new float[width];
        for (var y = 1; y < height - 1; y++)
        {
            squares.Clear();
            foreach (var channel in channels)
                AddSquares(channel.Row(y - 1), channel.Row(y), channel.Row(y + 1), squares);
            var row = result.Row(y);
            for (var x = 1; x < width - 1; x++)
                row[x] = MathF.Sqrt(squares[x]);
        }
        return result;
    }

    private static void AddSquares(ReadOnlySpan<float> above, ReadOnlySpan<float> here, ReadOnlySpan<float> below, Span<float> squares)
    {
        var x = 1;
        for (; x <= here.Length - 1 - Vector<float>.Count; x += Vector<float>.Count)
        {
            var across = new Vector<float>(here[(x + 1)..]) - new Vector<float>(here[(x - 1)..]);
            var down = new Vector<float>(below[x..]) - new Vector<float>(above[x..]);
            (new Vector<float>(squares[x..]) + (across * across + down * down)).CopyTo(squares[x..]);
        }
        for (; x < here.Length - 1; x++)
        {
            float across = here[x + 1] - here[x - 1], down = below[x] - above[x];
            squares[x] += across * across + down * down;
        }
    }
}
