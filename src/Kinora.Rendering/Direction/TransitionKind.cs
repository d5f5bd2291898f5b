namespace Kinora.Rendering.Direction;

/// <summary>Ways to get from the start image to the end image.</summary>
public enum TransitionKind
{
    /// <summary>One fades into the other while the same camera move goes on in both.</summary>
    Dissolve,

    /// <summary>Every part of one moves to its place in the other; only for two views of the same scene.</summary>
    Morph,

    /// <summary>Both turn, grow and shift as one, from the first view to the second, while one fades into the other.</summary>
    Align,
}
