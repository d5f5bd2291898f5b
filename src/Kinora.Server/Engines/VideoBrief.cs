using Kinora.Media;

namespace Kinora.Server.Engines;

/// <summary>What every endpoint's input becomes: one canonical description of the clip to make.</summary>
public sealed record VideoBrief
{
    /// <summary>One shot or more, in order.</summary>
    public required IReadOnlyList<ShotBrief> Shots { get; init; }

    /// <summary>The picture the clip starts on: <see cref="Size"/> pixels, RGB.</summary>
    public required Image StartImage { get; init; }

    /// <summary>The picture the clip ends on: <see cref="Size"/> pixels, RGB; null if it may end anywhere.</summary>
    public Image? EndImage { get; init; }

    /// <summary>Things and people that the prompts call <c>@Element1</c>, <c>@Element2</c>…, in that order.</summary>
    public IReadOnlyList<ElementBrief> Elements { get; init; } = [];

    /// <summary>Whether a soundtrack is wanted.</summary>
    public bool GenerateAudio { get; init; }

    /// <summary>What not to do; null or empty if nothing was said.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>How closely to follow the prompt, 0 to 1. Default 0.5.</summary>
    public double CfgScale { get; init; } = 0.5;

    /// <summary>Whether the engine may cut a single shot's prompt into several shots itself.</summary>
    public bool DirectorMayCut { get; init; }

    /// <summary>All chance comes from this number.</summary>
    public required long Seed { get; init; }

    /// <summary>Size of the output.</summary>
    public required FrameSize Size { get; init; }

    /// <summary>Frames per second of the output.</summary>
    public required FrameRate Rate { get; init; }

    /// <summary>Frames in the whole clip.</summary>
    public int FrameCount => Rate.CountFrames(Duration);

    /// <summary>Length of the whole clip.</summary>
    public TimeSpan Duration => DurationOf(Shots);

    /// <summary>Length of a clip of these shots.</summary>
    internal static TimeSpan DurationOf(IEnumerable<ShotBrief> shots) => shots.Aggregate(TimeSpan.Zero, (sum, shot) => sum + shot.Duration);
}
