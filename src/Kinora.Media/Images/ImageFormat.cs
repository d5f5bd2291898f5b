namespace Kinora.Media.Images;

/// <summary>What a picture file is, told from its content. Only <see cref="Jpeg"/>, <see cref="Png"/> and <see cref="Webp"/> are decoded; the others are known by name, so that an error can say what came.</summary>
public enum ImageFormat
{
    /// <summary>None of the others; perhaps no picture at all.</summary>
    Unknown,

    /// <summary>JPEG (ITU-T T.81).</summary>
    Jpeg,

    /// <summary>PNG (W3C PNG, third edition).</summary>
    Png,

    /// <summary>WebP (RFC 9649).</summary>
    Webp,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>HEIC, what phones write.</summary>
    Heic,

    /// <summary>JPEG XL.</summary>
    JpegXl,

    /// <summary>SVG: a drawing, not pixels.</summary>
    Svg,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>TIFF, and the raw formats of cameras that build on it.</summary>
    Tiff,
}
