namespace Kinora.Media.Ffmpeg;

/// <summary>ffmpeg or ffprobe is not there, too old, or built without something that is needed. The message says how to get it.</summary>
public sealed class FfmpegMissingException : MediaException
{
    /// <summary>Creates the exception with what is missing.</summary>
    public FfmpegMissingException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
