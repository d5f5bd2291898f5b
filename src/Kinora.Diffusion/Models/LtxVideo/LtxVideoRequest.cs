using Kinora.Diffusion.Guidance;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>A film to be made.</summary>
public sealed record LtxVideoRequest
{
    /// <summary>Pixels per row: a multiple of 32, of 64 with two passes at half size.</summary>
    public required int Width { get; init; }

    /// <summary>Rows: as <see cref="Width"/>.</summary>
    public required int Height { get; init; }

    /// <summary>Frames per second, 1 to 120; the models were trained around 24 to 30.</summary>
    public double FrameRate { get; init; } = 24;

    /// <summary>The shots in order, at least one.</summary>
    public required IReadOnlyList<LtxVideoShot> Shots { get; init; }

    /// <summary>Where chance begins: the same seed and request give the same film.</summary>
    public ulong Seed { get; init; }

    /// <summary>Passes, steps, guidance.</summary>
    public LtxVideoPreset Preset { get; init; } = LtxVideoPreset.Distilled;

    /// <summary>Lets the negative prompt act on distilled models; off if null.</summary>
    public AttentionGuidance? AttentionGuidance { get; init; }

    /// <summary>Noise on firmly given frames while steps are coarse, which keeps the clip from freezing; 0 to 1, 0 is off.</summary>
    public float MotionNoise { get; init; } = 0.15f;

    /// <summary>
    /// Makes a still look like a video frame, by encoding and decoding it as video: the models were trained on such stills, and clean ones tend to freeze.
    /// Null leaves it out.
    /// </summary>
    public Func<RgbFrame, CancellationToken, RgbFrame>? CodecRoundTrip { get; init; }

    /// <summary>The most frames made in one piece, 8k + 1, at least 73; longer shots are made in overlapping windows.</summary>
    public int WindowFrames { get; init; } = 257;

    /// <summary>Decodes frames in parts, for very large ones; null decodes them whole.</summary>
    public LtxVideoTiling? Tiling { get; init; }

    /// <summary>Whether progress carries pictures of the unfinished clip; each costs about as much as decoding one frame.</summary>
    public bool WantsPreviews { get; init; }
}
