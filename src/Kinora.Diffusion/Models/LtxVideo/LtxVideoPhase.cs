namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>What is being done.</summary>
public enum LtxVideoPhase
{
    /// <summary>Given frames and the prompt are prepared.</summary>
    Preparing,

    /// <summary>Noise is turned into latents.</summary>
    Denoising,

    /// <summary>Latents are enlarged between two passes.</summary>
    Upsampling,

    /// <summary>Latents are turned into frames.</summary>
    Decoding,
}
