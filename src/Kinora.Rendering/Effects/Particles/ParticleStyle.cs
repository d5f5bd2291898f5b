namespace Kinora.Rendering.Effects.Particles;

/// <summary>How a kind of particle looks and moves. Lengths are in pixels of a 1280 wide frame, speeds in frame heights per second for a near particle.</summary>
internal sealed record ParticleStyle
{
    public required int Count { get; init; }

    /// <summary>Radius of the farthest and the nearest.</summary>
    public required (float Far, float Near) Radius { get; init; }

    /// <summary>Speed down (negative is up) and to the right.</summary>
    public required (float Down, float Across) Speed { get; init; }

    /// <summary>Opacity of the farthest and the nearest.</summary>
    public required (float Far, float Near) Opacity { get; init; }

    /// <summary>Luma and chroma codes to choose from, one per particle.</summary>
    public required (byte Y, byte U, byte V)[] Colours { get; init; }

    /// <summary>How far it swings sideways, in frame widths.</summary>
    public float Swing { get; init; }

    /// <summary>Length over width; the long side follows the motion.</summary>
    public float Stretch { get; init; } = 1;

    /// <summary>Whether it turns over as it falls, like a leaf.</summary>
    public bool Tumbles { get; init; }

    /// <summary>How much its light comes and goes, 0 to 1.</summary>
    public float Twinkle { get; init; }

    /// <summary>How soft its edge is, 0 (a disc) to 1 (all glow).</summary>
    public float Softness { get; init; } = 0.5f;

    /// <summary>Whether it is a thin shell: seen at its rim, clear in the middle.</summary>
    public bool Rim { get; init; }

    /// <summary>Whether it fades as it rises, like a spark that cools.</summary>
    public bool Cools { get; init; }

    /// <summary>Whether nearer parts of the picture hide it.</summary>
    public bool Hides { get; init; } = true;
}
