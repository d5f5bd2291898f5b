namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>How weights are kept in memory.</summary>
/// <param name="Transformer">The transformer's blocks.</param>
/// <param name="Autoencoder">The autoencoder's and the upsampler's convolutions.</param>
public sealed record LtxVideoWeightFormats(NumberFormat Transformer = NumberFormat.BFloat16, NumberFormat Autoencoder = NumberFormat.BFloat16);
