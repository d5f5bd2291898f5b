using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Benchmarks;

/// <summary>
/// What a request at 512×288 with 97 frames holds at most: T5-XXL in int8 is loaded, encodes and is dropped; then the 2B model is loaded, takes one step
/// (more steps hold no more) and decodes.
/// </summary>
internal static class MemoryBenchmark
{
    public static void Run(IBackend backend, int threads)
    {
        TextEmbedding prompt;
        using (var encoder = T5Encoder.Load(backend, new RandomWeights(T5Encoder.Needs(T5Config.Xxl), DType.BFloat16, 1), WeightFormat.Int8))
            prompt = encoder.Encode([.. Enumerable.Range(3, 64)]);
        var config = LtxVideoConfig.TwoBillion;
        var autoencoder = LtxVideoAutoencoder.Load(backend, config.Autoencoder, new RandomWeights(LtxVideoAutoencoder.Needs(config.Autoencoder), DType.BFloat16, 2), WeightFormat.BFloat16);
        var transformer = LtxVideoTransformer.Load(backend, config.Transformer, new RandomWeights(LtxVideoTransformer.Needs(config.Transformer), DType.BFloat16, 1), WeightFormat.BFloat16);
        backend.Memory.Trim();
        using var pipeline = new LtxVideoPipeline(backend, transformer, autoencoder, upsampler: null);
        var request = new LtxVideoRequest
        {
            Width = 512,
            Height = 288,
            Preset = new LtxVideoPreset { First = new LtxVideoSampling { Sigmas = [1] } },
            Shots = [new LtxVideoShot { Frames = 97, Prompt = prompt }],
        };
        var operations = LtxVideoCost.Transformer(config.Transformer, LatentGrid.Of(512, 288, 97).Tokens, prompt.Tokens) + LtxVideoCost.Decoder(config.Autoencoder, 512, 288, 97);
        Measurement.Print("T5-XXL int8, dropped, then the 2B model: one step and decoding, 512×288×97", backend, threads, operations, null, () => pipeline.Generate(request, _ => { }));
    }
}
