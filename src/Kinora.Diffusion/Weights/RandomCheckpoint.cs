using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Tensors;

namespace Kinora.Diffusion.Weights;

/// <summary>
/// Writes checkpoints of random weights in the form of the real ones: everything around a model can then be tried and measured, at true size too. What
/// they generate is noise.
/// </summary>
public static class RandomCheckpoint
{
    /// <summary>Writes an official single file: transformer and autoencoder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="config">The model; <see cref="LtxVideoConfig.TwoBillion"/> takes 6.3 GB in bfloat16, <see cref="LtxVideoConfig.Tiny"/> 3 MB.</param>
    /// <param name="seed">The same seed gives the same file.</param>
    /// <param name="format">Float32 or bfloat16.</param>
    public static void WriteLtxVideo(string path, LtxVideoConfig config, ulong seed = 0, NumberFormat format = NumberFormat.BFloat16)
    {
        ArgumentNullException.ThrowIfNull(config);
        var needs = LtxVideoTransformer.Needs(config.Transformer).Select(need => need with { Name = "model.diffusion_model." + need.Name })
            .Concat(LtxVideoAutoencoder.Needs(config.Autoencoder).Select(need => need with { Name = "vae." + need.Name }));
        new RandomWeights(needs, Type(format), seed).Write(path, new Dictionary<string, string> { ["config"] = config.ToMetadata() });
    }

    /// <summary>Writes a T5 encoder, as <see cref="WriteLtxVideo"/>; <see cref="T5Config.Xxl"/> takes 9.5 GB in bfloat16.</summary>
    public static void WriteT5(string path, T5Config config, ulong seed = 0, NumberFormat format = NumberFormat.BFloat16) =>
        new RandomWeights(T5Encoder.Needs(config), Type(format), seed).Write(path);

    /// <summary>Writes a latent upsampler, as <see cref="WriteLtxVideo"/>; the published size takes 0.25 GB in bfloat16.</summary>
    public static void WriteUpsampler(string path, LatentUpsamplerConfig config, ulong seed = 0, NumberFormat format = NumberFormat.BFloat16)
    {
        ArgumentNullException.ThrowIfNull(config);
        new RandomWeights(LatentUpsampler.Needs(config), Type(format), seed).Write(path, new Dictionary<string, string> { ["config"] = config.ToMetadata() });
    }

    private static DType Type(NumberFormat format) => format switch
    {
        NumberFormat.Float32 => DType.Float32,
        NumberFormat.BFloat16 => DType.BFloat16,
        _ => throw new DiffusionException($"Random checkpoints are written in Float32 or BFloat16, not {format}."),
    };
}
