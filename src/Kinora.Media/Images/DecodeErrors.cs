using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Images;

/// <summary>Tells from a decoder's last words whose fault it was: the file's, or the machine's.</summary>
internal static class DecodeErrors
{
    private const int OutOfProcessorTime = 24;

    private static readonly string[] s_outOfMemory = ["Cannot allocate memory", "Failed to allocate", "get_buffer() failed"];

    private static readonly string[] s_unknown = ["not implemented", "not supported", "unsupported", "Unhandled pixel format", "patch welcome"];

    /// <summary>What <see cref="DecodeArguments"/> provokes when the decoded size is not the header's.</summary>
    private static readonly string[] s_otherSize = ["exceeds specified max pixel count", "Invalid too big or non positive size"];

    public static MediaException Explain(ChildFailedException failure, ImageHeader header)
    {
        var format = ImageSignature.ExtensionOf(header.Format);
        if (Says(failure, s_otherSize))
            return new DamagedMediaException($"The {format} file is damaged: its header says {header.StoredWidth}x{header.StoredHeight} pixels, but it holds another size.", failure);
        if (failure.Signal is OutOfProcessorTime || Says(failure, s_outOfMemory))
        {
            return new MediaTooLargeException(
                header.StoredWidth, header.StoredHeight, $"Decoding the {header.StoredWidth}x{header.StoredHeight} {format} file takes more memory or time than allowed.", failure);
        }

        if (failure.Signal is not null)
            return failure;
        if (Says(failure, s_unknown))
            return new UnsupportedMediaException(format, $"This kind of {format} file is not supported: {failure.ErrorOutput}");
        return new DamagedMediaException($"The {format} file is damaged: {failure.ErrorOutput}", failure);
    }

    public static DamagedMediaException NoPicture(ImageHeader header) =>
        new($"The {ImageSignature.ExtensionOf(header.Format)} file is damaged: no whole picture came out of it.");

    private static bool Says(ChildFailedException failure, string[] words) =>
        words.Any(word => failure.ErrorOutput.Contains(word, StringComparison.OrdinalIgnoreCase));
}
