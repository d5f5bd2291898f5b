using Kinora.Media;
using Kinora.Media.Speech;

namespace Kinora.Rendering;

/// <summary>Everything that the classical engine needs to know to make a clip. The same brief gives the same bytes.</summary>
public sealed record ClipBrief
{
    /// <summary>One shot or more, in order; the clip cuts from one to the next.</summary>
    public required IReadOnlyList<Shot> Shots { get; init; }

    /// <summary>The picture that the first frame shows: RGB, exactly <see cref="Size"/> pixels.</summary>
    public required Image StartImage { get; init; }

    /// <summary>The picture that the last frame shows: RGB, exactly <see cref="Size"/> pixels; null if the clip may end anywhere.</summary>
    public Image? EndImage { get; init; }

    /// <summary>Whether a soundtrack is wanted. Default false.</summary>
    public bool GenerateAudio { get; init; }

    /// <summary>
    /// Speaks a line of the prompt: <c>EspeakSpeaker.SpeakAsync</c> or another synthesiser; must give the same samples for the same request. Null if none is
    /// installed: the clip then has its other sounds, and the plan a note. Rendering itself starts no processes.
    /// </summary>
    public Func<SpeechRequest, CancellationToken, Task<SpokenLine>>? Speak { get; init; }

    /// <summary>
    /// Things and people that the prompts call <c>@Element1</c>, <c>@Element2</c>…, in that order. One that cannot be cut out of its pictures is left out,
    /// and the plan says so. Default: none.
    /// </summary>
    public IReadOnlyList<SceneElement> Elements { get; init; } = [];

    /// <summary>What not to do; null or empty if nothing was said.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>How far the camera may depart from a gentle move, 0 to 1. Default 0.5.</summary>
    public double CfgScale { get; init; } = 0.5;

    /// <summary>Whether the director may cut one shot's prompt into several shots. Default false.</summary>
    public bool DirectorMayCut { get; init; }

    /// <summary>All chance comes from this number.</summary>
    public long Seed { get; init; }

    /// <summary>Size of the frames.</summary>
    public required FrameSize Size { get; init; }

    /// <summary>Frames per second.</summary>
    public required FrameRate Rate { get; init; }

    /// <summary>Length of the whole clip: the sum of the shots.</summary>
    public TimeSpan Duration => Shots.Aggregate(TimeSpan.Zero, (sum, shot) => sum + shot.Duration);

    /// <summary>Throws if the brief contradicts itself.</summary>
    /// <exception cref="ArgumentException">No shots, a shot without length, a picture of another size or without 3 channels, or a scale outside 0 to 1.</exception>
    internal void Validate()
    {
        if (Shots.Count == 0)
            throw new ArgumentException("A clip needs at least one shot.");
        if (Shots.Any(shot => shot.Duration <= TimeSpan.Zero))
            throw new ArgumentException("Every shot must last longer than zero.");
        if (CfgScale is not (>= 0 and <= 1))
            throw new ArgumentException($"CfgScale is a number from 0 to 1, not {CfgScale}.");
        if (Elements.Any(element => element.Views.Any(view => Math.Max(view.Width, view.Height) > SceneElement.MostPixels)))
            throw new ArgumentException($"An element's image has at most {SceneElement.MostPixels} pixels a side.");
        if (Elements.Any(element => element.Views.Count + element.Footage.Count == 0))
            throw new ArgumentException("An element needs a picture or a video.");
        RequireSize(StartImage, nameof(StartImage));
        if (EndImage is not null)
            RequireSize(EndImage, nameof(EndImage));
    }

    private void RequireSize(Image image, string name)
    {
        if (image.Width != Size.Width || image.Height != Size.Height || image.Channels != 3)
            throw new ArgumentException($"{name} must be {Size} RGB, but is {image.Width}x{image.Height} with {image.Channels} channels.");
    }
}
