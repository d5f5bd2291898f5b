namespace Kinora.Media.Images;

/// <summary>How large a picture may be to be decoded; checked on its header, before any decoder sees it.</summary>
public sealed record ImageLimits
{
    /// <summary>Most pixels in all. Default 100 million: what fits the decoding child's memory in every colour depth.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Largest width and height in pixels. Default 16,384.</summary>
    public int MaxSidePixels { get; init; } = 16_384;

    /// <summary>Largest file in bytes. Default 64 MiB; an endpoint's own limit is usually lower.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>Throws if a picture is over a limit.</summary>
    /// <exception cref="MediaTooLargeException">It is; the message says by which limit.</exception>
    internal void Check(ImageHeader header, long fileBytes)
    {
        var (width, height) = (header.StoredWidth, header.StoredHeight);
        if (fileBytes > MaxFileBytes)
            throw new MediaTooLargeException(width, height, $"The file has {fileBytes} bytes; at most {MaxFileBytes} are decoded.");
        if (width > MaxSidePixels || height > MaxSidePixels)
            throw new MediaTooLargeException(width, height, $"The image is {width}x{height} pixels; at most {MaxSidePixels} on a side are decoded.");
        if (header.PixelCount > MaxPixels)
            throw new MediaTooLargeException(width, height, $"The image has {header.PixelCount} pixels; at most {MaxPixels} are decoded.");
    }
}
