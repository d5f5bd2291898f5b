using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Images;

/// <summary>Tells from a decoder's last words whose fault it was: the file's, or the machine's.</summary>
internal static class DecodeErrors
{
    private const int OutOfProcessorTime = 24;

    private static readonly string[] OutOfMemory = ["Cannot allocate memory", "Failed to allocate", "alloc failed"];

    private static readonly string[] Unknown = ["not implemented", "not supported", "unsupported", "Unhandled pixel format", "patch welcome"];

    public static MediaException Explain(ChildFailedException failure, ImageHeader header)
    {
        var format = ImageSignature.ExtensionOf(header.Format);
        if (failure.Signal is OutOfProcessorTime || Says(failure, OutOfMemory))
        {
            return new MediaTooLargeException(
                header.StoredWidth, header.StoredHeight, $"Decoding the {header.StoredWidth}x{header.StoredHeight} {format} file takes more memory or time than allowed.", failure);
        }

        if (failure.Signal is not null)
            return failure;
        if (Says(failure, Unknown))
            return new UnsupportedMediaException(format, $"This kind of {format} file is not supported: {failure.ErrorOutput}");
        return new DamagedMediaException($"The {format} file is damaged: {failure.ErrorOutput}", failure);
    }

    public static DamagedMediaException NoPicture(ImageHeader header) =>
        new($"The {ImageSignature.ExtensionOf(header.Format)} file is damaged: no whole picture came out of it.");

    private static bool Says(ChildFailedException failure, string[] words) =>
        words.Any(word => failure.ErrorOutput.Contains(word, StringComparison.OrdinalIgnoreCase));
}
