using System.Globalization;

namespace Kinora.Media.Images;

/// <summary>The command line that decodes one still picture to raw pixels.</summary>
internal static class DecodeArguments
{
    private const string Scale = "flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact:sws_dither=none";

    private const long Padding = 256;

    /// <summary>
    /// Builds the arguments. The demuxer and the decoder follow the sniffed format, not the file's name; any error in the data is an error of the whole;
    /// pictures with alpha come out as RGBA with premultiplied alpha, others as RGB.
    /// </summary>
    public static IReadOnlyList<string> Create(string path, ImageHeader header, ImageGeometry geometry) =>
    [
        "-hide_banner", "-v", "error", "-nostdin",
        .. Input(path, header.Format, AllocatedPixels(header.StoredWidth, header.StoredHeight)),
        "-map", "0:v:0", "-frames:v", "1", "-filter_threads", "1", "-vf", Filters(header, geometry),
        .. Output(header.HasAlpha),
    ];

    /// <summary>
    /// Builds the arguments of a child that is started before there is a picture. Its first input is an empty ffmetadata file, its standard input: ffmpeg opens
    /// inputs in order and reads this one to its end, then opens <paramref name="path"/>, then reads <paramref name="filtersPath"/>.
    /// So both files must be there only when standard input is closed.
    /// </summary>
    public static IReadOnlyList<string> CreateAhead(string path, string filtersPath, ImageKind kind, ImageLimits limits) =>
    [
        "-hide_banner", "-v", "error", "-nostdin", "-f", "ffmetadata", "-i", "pipe:0",
        .. Input(path, kind.Format, AllocatedPixels(limits)),
        "-map", "1:v:0", "-frames:v", "1", "-filter_threads", "1", "-filter_script:v", filtersPath,
        .. Output(kind.HasAlpha),
    ];

    /// <summary>The filters: cut, scale, lay alpha over the colours, turn upright.</summary>
    public static string Filters(ImageHeader header, ImageGeometry geometry)
    {
        var (source, result) = (geometry.Source, geometry.Result);
        // A decoded picture of another size than the header's gets an impossible window, which ends the child with an error.
        var width = $"if(eq(iw\\,{Number(header.StoredWidth)})*eq(ih\\,{Number(header.StoredHeight)})\\,{Number(source.Width)}\\,iw+1)";
        string[] chain =
        [
            $"crop=w={width}:h={Number(source.Height)}:x={Number(source.X)}:y={Number(source.Y)}:exact=1",
            // Colours under transparent pixels must not bleed into the visible ones when they are scaled.
            .. header.HasAlpha ? [$"scale=w=iw:h=ih:{Scale}", "format=gbrap", "premultiply=inplace=1"] : (string[])[],
            $"scale=w={Number(geometry.ScaledWidth)}:h={Number(geometry.ScaledHeight)}:{Scale}",
            header.HasAlpha ? "format=rgba" : "format=rgb24",
            $"crop=w={Number(result.Width)}:h={Number(result.Height)}:x={Number(result.X)}:y={Number(result.Y)}",
            .. Upright(header.Orientation),
        ];
        return string.Join(',', chain);
    }

    private static string[] Input(string path, ImageFormat format, long maxPixels) =>
    [
        "-noautorotate", "-protocol_whitelist", "file,pipe", "-f", "image2", "-pattern_type", "none", "-threads", "1", "-c:v", DecoderOf(format),
        "-max_pixels", Number(maxPixels), "-err_detect", "crccheck+bitstream+buffer+explode", "-xerror", "-i", "file:" + path,
    ];

    private static string[] Output(bool hasAlpha) => ["-f", "rawvideo", "-pix_fmt", hasAlpha ? "rgba" : "rgb24", "pipe:1"];

    /// <summary>Decoders pad their pictures to whole blocks on every side and count that.</summary>
    private static long AllocatedPixels(long width, long height) => (width + Padding) * (height + Padding);

    /// <summary>The most that any picture within the limits takes.</summary>
    private static long AllocatedPixels(ImageLimits limits) => limits.MaxPixels + (2 * Padding * limits.MaxSidePixels) + (Padding * Padding);

    private static string DecoderOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "mjpeg",
        ImageFormat.Png => "png",
        ImageFormat.Webp => "webp",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Expected a format that is decoded."),
    };

    /// <summary>EXIF's eight orientations as ffmpeg's filters; 5 to 8 turn by a quarter.</summary>
    private static string[] Upright(int orientation) => orientation switch
    {
        2 => ["hflip"],
        3 => ["hflip", "vflip"],
        4 => ["vflip"],
        5 => ["transpose=cclock_flip"],
        6 => ["transpose=clock"],
        7 => ["transpose=clock_flip"],
        8 => ["transpose=cclock"],
        _ => [],
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
