namespace Kinora.Media.Ffmpeg;

/// <summary>What a video file says about its first video stream and its first audio stream.</summary>
public sealed record VideoInfo
{
    /// <summary>The demuxer that reads it: <c>mov</c> (MP4, QuickTime) or <c>matroska</c> (also WebM).</summary>
    public required string Container { get; init; }

    /// <summary>The video codec as ffmpeg names it, for example <c>h264</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>The codec's profile, for example <c>High</c>; null if it has none.</summary>
    public string? Profile { get; init; }

    /// <summary>The pixel format as ffmpeg names it, for example <c>yuv420p</c>; null if unknown.</summary>
    public string? PixelFormat { get; init; }

    /// <summary>Width in pixels as people see it, after rotation.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels as people see it, after rotation.</summary>
    public required int Height { get; init; }

    /// <summary>How far the stored picture is turned clockwise to be upright: 0, 90, 180 or 270 degrees.</summary>
    public int RotationDegrees { get; init; }

    /// <summary>The average frame rate; null if the file does not tell.</summary>
    public FrameRate? Rate { get; init; }

    /// <summary>How long the video stream is, or the file if the stream does not tell; zero if neither does.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Frames of the video stream, counted.</summary>
    public required int FrameCount { get; init; }

    /// <summary>Colour tags of the video stream.</summary>
    public required ColorTags Color { get; init; }

    /// <summary>The first audio stream; null if there is none.</summary>
    public AudioInfo? Audio { get; init; }
}
