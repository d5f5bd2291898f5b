using Kinora.Diffusion.TextEncoders;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>A stretch of film with its own prompt.</summary>
public sealed record LtxVideoShot
{
    /// <summary>Video frames: 8k + 1, at least 9.</summary>
    public required int Frames { get; init; }

    /// <summary>What is seen.</summary>
    public required TextEmbedding Prompt { get; init; }

    /// <summary>What is not wanted; acts with guidance or attention guidance only, and is needed for guidance.</summary>
    public TextEmbedding? Negative { get; init; }

    /// <summary>Stills and film at places of this shot.</summary>
    public IReadOnlyList<LtxVideoKeyframe> Keyframes { get; init; } = [];

    /// <summary>Whether the shot goes on from the last frame of the one before, whose copy is then not given out again.</summary>
    public bool ContinuesPrevious { get; init; }
}
