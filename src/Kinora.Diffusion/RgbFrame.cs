namespace Kinora.Diffusion;

/// <summary>A picture in plain floats.</summary>
public sealed class RgbFrame
{
    /// <summary>Takes the pixels as they are; they must not be changed afterwards.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Red, green and blue from 0 to 1, pixel by pixel, row by row.</param>
    /// <exception cref="DiffusionException">The number of floats is not 3 · width · height.</exception>
    public RgbFrame(int width, int height, float[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (width < 1 || height < 1 || pixels.LongLength != 3L * width * height)
            throw new DiffusionException($"A frame of {width}×{height} has {3L * width * height} numbers, got {pixels.LongLength}.");
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Red, green and blue from 0 to 1, pixel by pixel, row by row.</summary>
    public ReadOnlyMemory<float> Pixels { get; }
}
