using Kinora.Server.Engines;

namespace Kinora.Server.Endpoints;

/// <summary>
/// An accepted input in one canonical form, whatever the endpoint called its fields: media are still URLs.
/// <c>Engines/GenerationHandler</c> fetches them and makes a <see cref="VideoBrief"/> of it.
/// </summary>
public sealed record ClipRequest
{
    /// <summary>One shot or more.</summary>
    public required IReadOnlyList<ShotBrief> Shots { get; init; }

    /// <summary>The picture the clip starts on.</summary>
    public required MediaReference StartImage { get; init; }

    /// <summary>The picture the clip ends on, or null.</summary>
    public MediaReference? EndImage { get; init; }

    /// <summary>Things and people that the prompt calls <c>@Element1</c>, <c>@Element2</c>…, in that order.</summary>
    public IReadOnlyList<ElementReference> Elements { get; init; } = [];

    /// <summary>Whether a soundtrack is wanted.</summary>
    public bool GenerateAudio { get; init; }

    /// <summary>What not to do, or null.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>How closely to follow the prompt, 0 to 1.</summary>
    public double CfgScale { get; init; } = 0.5;

    /// <summary>Whether the engine may cut the prompt into shots itself (<c>shot_type: intelligent</c>).</summary>
    public bool DirectorMayCut { get; init; }

    /// <summary>The seed the caller asked for, or null to derive one from the request.</summary>
    public long? Seed { get; init; }

    /// <summary>How large the frames are. Default 720p.</summary>
    public ResolutionClass Resolution { get; init; } = ResolutionClass.P720;

    /// <summary>The file name of the output, for example <c>out.mp4</c>.</summary>
    public required string OutputFileName { get; init; }

    /// <summary>USD per second of output for this request (audio on and off may differ).</summary>
    public required decimal UnitPrice { get; init; }
}
