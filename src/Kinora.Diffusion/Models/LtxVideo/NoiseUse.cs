namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>What noise is drawn for; each use has streams of its own, so that none depends on how many were drawn before.</summary>
internal enum NoiseUse
{
    /// <summary>What a clip begins as.</summary>
    Initial,

    /// <summary>A sample of what a given frame is encoded as.</summary>
    Posterior,

    /// <summary>What a softly given frame is mixed with.</summary>
    Keyframe,

    /// <summary>The noise on firmly given frames.</summary>
    Motion,

    /// <summary>Fresh noise of a stochastic step.</summary>
    Step,

    /// <summary>What latents are mixed with before decoding.</summary>
    Decode,
}
