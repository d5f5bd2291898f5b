using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Benchmarks;

/// <summary>One pass of the 2B transformer at 512×288, 97 frames, 64 text tokens.</summary>
internal static class TransformerBenchmark
{
    private const int TextTokens = 64;

    public static void Step(IBackend backend, int threads)
    {
        Run(backend, LtxVideoConfig.Tiny.Transformer, LatentGrid.Of(64, 64, 9), WeightFormat.BFloat16, (_, _, work) => work());
        var format = backend.Precision == ProductPrecision.Int8 ? WeightFormat.Int8 : WeightFormat.BFloat16;
        Run(backend, LtxVideoTransformerConfig.TwoBillion, LatentGrid.Of(512, 288, 97), format, (tokens, config, work) =>
            Measurement.Print($"2B transformer, one step at 512×288×97 ({tokens} tokens), {format} weights", backend, threads, LtxVideoCost.Transformer(config, tokens, TextTokens), 0.7, work));
    }

    public static TextEmbedding Prompt(int width) => new(TextTokens, width, new float[TextTokens * width]);

    private static void Run(IBackend backend, LtxVideoTransformerConfig config, LatentGrid grid, WeightFormat format, Action<int, LtxVideoTransformerConfig, Action> measure)
    {
        using var transformer = LtxVideoTransformer.Load(backend, config, new RandomWeights(LtxVideoTransformer.Needs(config), DType.BFloat16, 1), format);
        using var context = transformer.Prepare(Prompt(config.CaptionWidth));
        using var rotary = LtxVideoRotary.Create(backend, config, TokenPosition.Of(grid, 24, isCausal: true));
        using var scope = new TensorScope(backend.Memory);
        Tensor latents = scope.Empty([grid.Tokens, config.Channels]), velocity = scope.Empty([grid.Tokens, config.Channels]);
        backend.FillNormal(latents, 1, 0);
        measure(grid.Tokens, config, () => transformer.Predict(latents, NoiseLevels.Uniform(900), context, rotary, velocity));
    }
}
