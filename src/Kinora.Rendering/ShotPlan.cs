using Kinora.Rendering.Direction;

namespace Kinora.Rendering;

/// <summary>What happens in one shot.</summary>
public sealed record ShotPlan
{
    /// <summary>Number of the shot's first frame in the clip, from 0.</summary>
    public required int FirstFrame { get; init; }

    /// <summary>Frames of the shot, at least 1.</summary>
    public required int FrameCount { get; init; }

    /// <summary>Frames over which the shot before it dissolves into this one, half of them on either side of the cut: an even number, 0 for a hard cut.</summary>
    public int DissolveFrames { get; init; }

    /// <summary>The part of the picture it starts on.</summary>
    public required Framing Framing { get; init; }

    /// <summary>The camera's moves; those that overlap in time add up.</summary>
    public required IReadOnlyList<MovePlan> Moves { get; init; }

    /// <summary>How fast time passes, or null for as in life.</summary>
    public TempoPlan? Tempo { get; init; }

    /// <summary>What moves, falls or shines in the picture, in the order in which it is applied.</summary>
    public IReadOnlyList<EffectPlan> Effects { get; init; } = [];

    /// <summary>The elements of the brief that appear.</summary>
    public IReadOnlyList<ElementPlan> Elements { get; init; } = [];
}
