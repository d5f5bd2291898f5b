namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>One block of the autoencoder: either residual layers or a change of size.</summary>
/// <param name="Channels">Channels in.</param>
/// <param name="OutputChannels">Channels out.</param>
/// <param name="Layers">Residual layers; 0 for a change of size.</param>
/// <param name="Time">Factor of the change along time, 1 or 2.</param>
/// <param name="Space">Factor of the change along rows and columns, 1 or 2.</param>
/// <param name="HasSkip">For upsampling: whether the input is added to the result.</param>
public sealed record AutoencoderBlock(int Channels, int OutputChannels, int Layers, int Time = 1, int Space = 1, bool HasSkip = true)
{
    /// <summary>True for residual layers.</summary>
    public bool IsResidual => Layers > 0;

    /// <summary>Positions that one becomes, or that become one.</summary>
    public int Volume => Time * Space * Space;
}
