namespace Kinora.Media.Images;

/// <summary>Tells a picture's format from its first bytes; names and headers are never believed.</summary>
public static class ImageSignature
{
    /// <summary>As many bytes as are ever looked at.</summary>
    public const int PrefixBytes = 1024;

    /// <summary>Tells the format from the start of the file, at least 16 bytes and up to <see cref="PrefixBytes"/>.</summary>
    public static ImageFormat Sniff(ReadOnlySpan<byte> prefix) => prefix switch
    {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.Webp,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => ImageFormat.Gif,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => SniffBrand(prefix[8..]),
        [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] or [0xFF, 0x0A, ..] => ImageFormat.JpegXl,
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => ImageFormat.Tiff,
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => ImageFormat.Bmp,
        _ => prefix.IndexOf("<svg"u8) >= 0 && StartsAsText(prefix) ? ImageFormat.Svg : ImageFormat.Unknown,
    };

    /// <summary>The usual file extension without the dot, which is also what the wire calls a format; <c>unknown</c> for <see cref="ImageFormat.Unknown"/>.</summary>
    public static string ExtensionOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "jpg",
        ImageFormat.JpegXl => "jxl",
        _ => format.ToString().ToLowerInvariant(),
    };

    private static ImageFormat SniffBrand(ReadOnlySpan<byte> brand) => brand switch
    {
        [(byte)'a', (byte)'v', (byte)'i', (byte)'f' or (byte)'s', ..] => ImageFormat.Avif,
        [(byte)'h', (byte)'e', (byte)'i' or (byte)'v', (byte)'c' or (byte)'x' or (byte)'s' or (byte)'m', ..] or [(byte)'m', (byte)'i', (byte)'f', (byte)'1', ..] => ImageFormat.Heic,
        _ => ImageFormat.Unknown,
    };

    private static bool StartsAsText(ReadOnlySpan<byte> prefix)
    {
        var text = prefix.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? prefix[3..] : prefix;
        return text.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
    }
}
