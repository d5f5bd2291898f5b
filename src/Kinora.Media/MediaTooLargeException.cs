namespace Kinora.Media;

/// <summary>The medium is larger than the limits it is decoded under; nothing was decoded.</summary>
public sealed class MediaTooLargeException : MediaException
{
    /// <summary>Creates the exception with the size that the file claims, in pixels.</summary>
    public MediaTooLargeException(long width, long height, string message, Exception? cause = null)
        : base(message, cause) => (Width, Height) = (width, height);

    /// <summary>Width in pixels, as stored.</summary>
    public long Width { get; }

    /// <summary>Height in pixels, as stored.</summary>
    public long Height { get; }
}
