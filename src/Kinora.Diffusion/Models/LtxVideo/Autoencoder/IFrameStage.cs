namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>
/// A part of the autoencoder that frames flow through. It remembers what it needs of earlier frames, so that a clip in pieces gives what the whole clip
/// would give, bit for bit.
/// </summary>
internal interface IFrameStage : IDisposable
{
    /// <summary>Takes the next frames and gives those that are ready: fewer while it waits for a successor, more at the end.</summary>
    /// <param name="input">At least one frame; stays the caller's.</param>
    /// <param name="isLast">True if the clip ends here.</param>
    FrameChunk Push(FrameChunk input, bool isLast);
}
