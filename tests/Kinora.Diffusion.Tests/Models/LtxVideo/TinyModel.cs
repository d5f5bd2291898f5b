using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Random;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

/// <summary>A model of a few thousand random weights, and what goes with it.</summary>
internal static class TinyModel
{
    public static LtxVideoConfig Config => LtxVideoConfig.Tiny;

    public static LtxVideoTransformer Transformer(WeightFormat format = WeightFormat.Float32) =>
        LtxVideoTransformer.Load(TestBackend.Instance, Config.Transformer, new RandomWeights(LtxVideoTransformer.Needs(Config.Transformer), DType.Float32, 1), format);

    public static LtxVideoAutoencoder Autoencoder(long pieceBytes = 96 << 20) =>
        LtxVideoAutoencoder.Load(TestBackend.Instance, Config.Autoencoder, new RandomWeights(LtxVideoAutoencoder.Needs(Config.Autoencoder), DType.Float32, 2), WeightFormat.Float32, pieceBytes);

    public static LatentUpsampler Upsampler()
    {
        var config = new LatentUpsamplerConfig { Channels = Config.Autoencoder.LatentChannels, MiddleChannels = 32, BlocksPerStage = 1 };
        return LatentUpsampler.Load(TestBackend.Instance, config, new RandomWeights(LatentUpsampler.Needs(config), DType.Float32, 3), WeightFormat.Float32);
    }

    public static LtxVideoPipeline Pipeline(bool hasUpsampler = false) =>
        new(TestBackend.Instance, Transformer(), Autoencoder(), hasUpsampler ? Upsampler() : null);

    public static TextEmbedding Prompt(ulong seed = 5, int tokens = 6)
    {
        var values = new float[tokens * Config.Transformer.CaptionWidth];
        Philox.Normal(seed, 0, 0, values);
        return new TextEmbedding(tokens, Config.Transformer.CaptionWidth, values);
    }

    public static RgbFrame Picture(int width, int height, ulong seed = 9)
    {
        var pixels = new float[3 * width * height];
        Philox.Uniform(seed, 0, 0, pixels);
        return new RgbFrame(width, height, pixels);
    }

    public static LtxVideoRequest Request(params LtxVideoShot[] shots) => new()
    {
        Width = 64,
        Height = 64,
        Seed = 7,
        Shots = shots.Length > 0 ? shots : [new LtxVideoShot { Frames = 17, Prompt = Prompt() }],
        Preset = new LtxVideoPreset { First = new LtxVideoSampling { Sigmas = [1, 0.975f, 0.725f] } },
    };
}
