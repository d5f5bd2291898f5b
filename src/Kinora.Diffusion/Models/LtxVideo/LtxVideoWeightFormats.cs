using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>How weights are kept in memory.</summary>
/// <param name="Transformer">The transformer's blocks.</param>
/// <param name="Autoencoder">The autoencoder's and the upsampler's convolutions.</param>
public sealed record LtxVideoWeightFormats(WeightFormat Transformer = WeightFormat.BFloat16, WeightFormat Autoencoder = WeightFormat.BFloat16);
