namespace Kinora.Media;

/// <summary>The size of a video frame in pixels. Both sides are even and at least 2, because frames are stored as 4:2:0.</summary>
public readonly record struct FrameSize
{
    /// <summary>Creates a frame size.</summary>
    /// <param name="width">Width in pixels, even, 2 to 16384.</param>
    /// <param name="height">Height in pixels, even, 2 to 16384.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is odd or out of range.</exception>
    public FrameSize(int width, int height)
    {
        Width = RequireSide(width, nameof(width));
        Height = RequireSide(height, nameof(height));
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Bytes of one 8-bit 4:2:0 frame: a full luma plane and two quarter chroma planes.</summary>
    public int Yuv420Bytes => Width * Height * 3 / 2;

    /// <summary>The size as ffmpeg and people write it, for example <c>1280x720</c>.</summary>
    public override string ToString() => $"{Width}x{Height}";

    private static int RequireSide(int side, string name) =>
        side is >= 2 and <= 16384 && side % 2 == 0
            ? side
            : throw new ArgumentOutOfRangeException(name, side, "A frame side is an even number of pixels from 2 to 16384.");
}
