using Kinora.Diffusion.TextEncoders;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Benchmarks;

/// <summary>T5-XXL with 64 tokens and int8 weights.</summary>
internal static class TextEncoderBenchmark
{
    private const int Tokens = 64;

    public static void Run(IBackend backend, int threads)
    {
        var tiny = new T5Config { VocabularySize = 100, Width = 32, Layers = 2, Heads = 4, HeadSize = 8, FeedForwardWidth = 64 };
        Encode(backend, tiny, work => work());
        var config = T5Config.Xxl;
        double width = config.Width, inner = config.Heads * config.HeadSize;
        var operations = config.Layers * ((2.0 * Tokens * ((4 * width * inner) + (3 * width * config.FeedForwardWidth))) + (4.0 * Tokens * Tokens * inner));
        Encode(backend, config, work => Measurement.Print("T5-XXL, 64 tokens, Int8 weights", backend, threads, operations, null, work));
    }

    private static void Encode(IBackend backend, T5Config config, Action<Action> measure)
    {
        using var encoder = T5Encoder.Load(backend, new RandomWeights(T5Encoder.Needs(config), DType.BFloat16, 1), WeightFormat.Int8);
        var ids = Enumerable.Range(0, Tokens).Select(i => 3 + (i % 90)).ToArray();
        measure(() => encoder.Encode(ids));
    }
}
