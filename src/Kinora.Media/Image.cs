namespace Kinora.Media;

/// <summary>
/// A decoded still picture: 8-bit sRGB, full range, rows from the top, no padding between rows.
/// Orientation is already applied and metadata is gone.
/// </summary>
public sealed class Image
{
    /// <summary>Wraps pixels that are already in memory; the array is not copied.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="channels">3 for RGB, 4 for RGB with straight (not premultiplied) alpha.</param>
    /// <param name="pixels">Interleaved samples, <c>[height, width, channels]</c>.</param>
    /// <exception cref="ArgumentException">The array's length is not <c>height * width * channels</c>.</exception>
    public Image(int width, int height, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (3 or 4))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "An image has 3 (RGB) or 4 (RGBA) channels.");
        if (pixels.LongLength != (long)width * height * channels)
            throw new ArgumentException($"Expected {(long)width * height * channels} bytes for {width}x{height}x{channels}, got {pixels.LongLength}.", nameof(pixels));
        (Width, Height, Channels, Pixels) = (width, height, channels, pixels);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>3 (RGB) or 4 (RGBA, straight alpha).</summary>
    public int Channels { get; }

    /// <summary>Interleaved samples, <c>[Height, Width, Channels]</c>.</summary>
    public byte[] Pixels { get; }
}
