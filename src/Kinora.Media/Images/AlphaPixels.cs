namespace Kinora.Media.Images;

/// <summary>What becomes of premultiplied RGBA pixels.</summary>
internal static class AlphaPixels
{
    /// <summary>Lays the picture on white and drops alpha: <c>colour + 255 - alpha</c>.</summary>
    public static byte[] OnWhite(ReadOnlySpan<byte> rgba)
    {
        var rgb = new byte[rgba.Length / 4 * 3];
        for (int i = 0, o = 0; i < rgba.Length; i += 4, o += 3)
        {
            var paper = 255 - rgba[i + 3];
            rgb[o] = (byte)Math.Min(255, rgba[i] + paper);
            rgb[o + 1] = (byte)Math.Min(255, rgba[i + 1] + paper);
            rgb[o + 2] = (byte)Math.Min(255, rgba[i + 2] + paper);
        }

        return rgb;
    }

    /// <summary>Divides the colours by alpha in place; a fully transparent pixel becomes black.</summary>
    public static void ToStraight(Span<byte> rgba)
    {
        for (var i = 0; i < rgba.Length; i += 4)
        {
            int alpha = rgba[i + 3];
            for (var c = i; c < i + 3; c++)
                rgba[c] = alpha == 0 ? (byte)0 : (byte)Math.Min(255, ((rgba[c] * 255) + (alpha / 2)) / alpha);
        }
    }

    /// <summary>Adds an alpha of 255 to RGB pixels.</summary>
    public static byte[] Opaque(ReadOnlySpan<byte> rgb)
    {
        var rgba = new byte[rgb.Length / 3 * 4];
        for (int i = 0, o = 0; i < rgb.Length; i += 3, o += 4)
        {
            rgb.Slice(i, 3).CopyTo(rgba.AsSpan(o));
            rgba[o + 3] = 255;
        }

        return rgba;
    }
}
