namespace Kinora.Media.Images;

/// <summary>What a picture file says about itself before any pixel is decoded. Read with a few small reads and seeks; nothing is allocated by the file's numbers.</summary>
public sealed record ImageHeader
{
    /// <summary>JPEG, PNG or WebP.</summary>
    public required ImageFormat Format { get; init; }

    /// <summary>Width in pixels as stored, before <see cref="Orientation"/>, at least 1.</summary>
    public required int StoredWidth { get; init; }

    /// <summary>Height in pixels as stored, before <see cref="Orientation"/>, at least 1.</summary>
    public required int StoredHeight { get; init; }

    /// <summary>How to turn the stored picture upright, 1 to 8 as in EXIF (CIPA DC-008, tag 0x0112). Default 1: upright.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Bits of one sample: 8, or 1 to 16 in PNG.</summary>
    public int BitsPerSample { get; init; } = 8;

    /// <summary>Samples of one pixel: 1 gray or palette, 2 gray and alpha, 3 colour, 4 colour and alpha, or CMYK in JPEG.</summary>
    public int Components { get; init; } = 3;

    /// <summary>Whether any pixel may be transparent.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>Whether there is more than one frame; such files are not decoded.</summary>
    public bool IsAnimated { get; init; }

    /// <summary>Width in pixels as people see it.</summary>
    public int Width => IsTurned ? StoredHeight : StoredWidth;

    /// <summary>Height in pixels as people see it.</summary>
    public int Height => IsTurned ? StoredWidth : StoredHeight;

    /// <summary>Pixels in all.</summary>
    public long PixelCount => (long)StoredWidth * StoredHeight;

    /// <summary>Where the compressed pixels of a JPEG start in the file; 0 for the other formats.</summary>
    internal long PixelsOffset { get; init; }

    private bool IsTurned => Orientation >= 5;

    /// <summary>Reads the header of a file.</summary>
    /// <exception cref="UnsupportedMediaException">It is no JPEG, PNG or WebP, or of a kind within them that is not decoded.</exception>
    /// <exception cref="DamagedMediaException">The header is cut off or contradicts the format.</exception>
    public static ImageHeader Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file);
    }

    /// <summary>Reads the header of a file that can seek, from its start. Errors as in <see cref="Read(string)"/>.</summary>
    public static ImageHeader Read(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var prefix = new byte[ImageSignature.PrefixBytes];
        file.Position = 0;
        var length = file.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        var format = ImageSignature.Sniff(prefix.AsSpan(0, length));
        var reader = new HeaderReader(file, ImageSignature.ExtensionOf(format));
        return format switch
        {
            ImageFormat.Jpeg => JpegHeader.Read(reader),
            ImageFormat.Png => PngHeader.Read(reader),
            ImageFormat.Webp => WebpHeader.Read(reader),
            ImageFormat.Unknown => throw new UnsupportedMediaException("unknown", "The file is not a picture that is known here; expected jpg, png or webp."),
            _ => throw new UnsupportedMediaException(reader.Format, $"The file is {reader.Format}; expected jpg, png or webp."),
        };
    }
}
