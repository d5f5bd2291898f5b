namespace Kinora.Media.Ffmpeg;

/// <summary>What an MP4 will be. The same options, frames and sound give the same bytes with the same ffmpeg build, on any machine.</summary>
public sealed record VideoEncoderOptions
{
    /// <summary>Size of every frame.</summary>
    public required FrameSize Size { get; init; }

    /// <summary>Frames per second, constant.</summary>
    public required FrameRate Rate { get; init; }

    /// <summary>Frames that will be written, at least 1: no fewer, no more.</summary>
    public required int FrameCount { get; init; }

    /// <summary>The file to write, replaced if it exists. Its directory must exist.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Whether a soundtrack will be set before the first frame. Default: none.</summary>
    public bool HasSoundtrack { get; init; }

    /// <summary>x264's speed preset. Default <c>veryfast</c>: measured as the best trade of time and size for this material.</summary>
    public string Preset { get; init; } = "veryfast";

    /// <summary>x264's constant rate factor, 0 (lossless) to 51. Default 19.</summary>
    public int Crf { get; init; } = 19;

    /// <summary>How long the encoder may take for one frame, or for finishing the file, before it counts as hung. Default 60 seconds.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the finished clip is.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks((long)Math.Round((double)FrameCount * TimeSpan.TicksPerSecond * Rate.Denominator / Rate.Numerator));
}
