using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.Weights;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Benchmarks;

/// <summary>The video decoder at 512×288, 97 frames.</summary>
internal static class DecoderBenchmark
{
    public static void Run(IBackend backend, int threads)
    {
        Decode(backend, LtxVideoConfig.Tiny.Autoencoder, 64, 64, 9, work => work());
        Decode(backend, LtxVideoAutoencoderConfig.Published, 512, 288, 97, work =>
            Measurement.Print("video decoder, 512×288×97, BFloat16 weights", backend, threads, LtxVideoCost.Decoder(LtxVideoAutoencoderConfig.Published, 512, 288, 97), 0.6, work));
    }

    private static void Decode(IBackend backend, LtxVideoAutoencoderConfig config, int width, int height, int frames, Action<Action> measure)
    {
        using var autoencoder = LtxVideoAutoencoder.Load(backend, config, new RandomWeights(LtxVideoAutoencoder.Needs(config), DType.BFloat16, 1), WeightFormat.BFloat16);
        var grid = LatentGrid.Of(width, height, frames);
        using var scope = new TensorScope(backend.Memory);
        var latents = scope.Empty([grid.Frames, grid.Rows, grid.Columns, config.LatentChannels]);
        backend.FillNormal(latents, 1, 0);
        measure(() => autoencoder.Decode(latents, 0.05f, _ => { }));
    }
}
