using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Benchmarks;

/// <summary>A whole clip from a start frame: 256×160, 49 frames, 8 steps, encoded, denoised and decoded.</summary>
internal static class ClipBenchmark
{
    public static void Run(IBackend backend, int threads)
    {
        Generate(backend, LtxVideoConfig.Tiny, (_, work) => work());
        Generate(backend, LtxVideoConfig.TwoBillion, (operations, work) => Measurement.Print("2B clip, 256×160×49, 8 steps, one start frame", backend, threads, operations, null, work));
    }

    private static void Generate(IBackend backend, LtxVideoConfig config, Action<double, Action> measure)
    {
        var format = backend.Precision == ProductPrecision.Int8 ? WeightFormat.Int8 : WeightFormat.BFloat16;
        var autoencoder = LtxVideoAutoencoder.Load(backend, config.Autoencoder, new RandomWeights(LtxVideoAutoencoder.Needs(config.Autoencoder), DType.BFloat16, 2), WeightFormat.BFloat16);
        var transformer = LtxVideoTransformer.Load(backend, config.Transformer, new RandomWeights(LtxVideoTransformer.Needs(config.Transformer), DType.BFloat16, 1), format);
        using var pipeline = new LtxVideoPipeline(backend, transformer, autoencoder, upsampler: null);
        const int width = 256, height = 160, frames = 49;
        var request = new LtxVideoRequest
        {
            Width = width,
            Height = height,
            Shots = [new LtxVideoShot
            {
                Frames = frames,
                Prompt = TransformerBenchmark.Prompt(config.Transformer.CaptionWidth),
                Keyframes = [new LtxVideoKeyframe { FrameIndex = 0, Frames = [new RgbFrame(width, height, new float[3 * width * height])] }],
            }],
        };
        var tokens = LatentGrid.Of(width, height, frames).Tokens;
        var operations = (8 * LtxVideoCost.Transformer(config.Transformer, tokens, request.Shots[0].Prompt.Tokens)) + LtxVideoCost.Context(config.Transformer, request.Shots[0].Prompt.Tokens)
            + LtxVideoCost.Encoder(config.Autoencoder, width, height, 1) + LtxVideoCost.Decoder(config.Autoencoder, width, height, frames);
        measure(operations, () => pipeline.Generate(request, _ => { }));
    }
}
