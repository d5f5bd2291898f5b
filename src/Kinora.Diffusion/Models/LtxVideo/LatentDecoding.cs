using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// Turns finished latents into frames: a little noise, which the decoder was trained to remove, then un-normalised, then decoded.
/// </summary>
internal static class LatentDecoding
{
    /// <summary>Decodes normalised latents [frames, rows, columns, channels], which are overwritten.</summary>
    /// <param name="backend">Where.</param>
    /// <param name="autoencoder">By what.</param>
    /// <param name="latents">The latents.</param>
    /// <param name="preset">Noise and timestep.</param>
    /// <param name="toneMapping">How far extremes are pulled in.</param>
    /// <param name="noise">The noise's source.</param>
    /// <param name="mixesAfterwards">The reference's order: noise after un-normalising.</param>
    /// <param name="tiling">Parts to decode in, or null.</param>
    /// <param name="frames">Called with frames about -1 to 1, in order.</param>
    /// <param name="cancellation">Checked within the decoder.</param>
    public static void Run(
        IBackend backend, LtxVideoAutoencoder autoencoder, Tensor latents, LtxVideoPreset preset, float toneMapping, INoiseSource noise, bool mixesAfterwards, LtxVideoTiling? tiling, Action<Tensor> frames, CancellationToken cancellation)
    {
        if (mixesAfterwards)
            autoencoder.Denormalize(latents);
        if (autoencoder.Config.HasTimestep)
            MixNoise(backend, latents, preset.DecodeNoise, noise);
        if (toneMapping > 0)
            MapTones(backend, latents, toneMapping);
        if (!mixesAfterwards)
            autoencoder.Denormalize(latents);
        if (tiling is null)
        {
            autoencoder.Decode(latents, preset.DecodeTimestep, frames, cancellation);
            return;
        }

        using var scope = new TensorScope(backend.Memory);
        frames(new Autoencoder.TiledDecoding(backend, autoencoder, tiling, preset.DecodeTimestep, cancellation).Run(scope, latents));
    }

    private static void MixNoise(IBackend backend, Tensor latents, float share, INoiseSource noise)
    {
        using var scope = new TensorScope(backend.Memory);
        var drawn = scope.Empty([latents.Shape.ElementCount / latents.Shape[-1], latents.Shape[-1]]);
        noise.Fill(drawn, NoiseUse.Decode, 0);
        backend.Affine(drawn, share, 0, drawn);
        backend.Affine(latents, 1 - share, 0, latents);
        backend.Binary(BinaryOp.Add, latents, drawn.Reshape(latents.Shape), latents);
    }

    // z·(1 - 0.8·s·sigmoid(4s·(|z| - 1))), s = 0.75·c.
    private static void MapTones(IBackend backend, Tensor latents, float compression)
    {
        using var scope = new TensorScope(backend.Memory);
        var factor = scope.Empty(latents.Shape);
        var s = 0.75f * compression;
        backend.Unary(UnaryOp.Abs, latents, factor);
        backend.Affine(factor, 4 * s, -4 * s, factor);
        backend.Unary(UnaryOp.Sigmoid, factor, factor);
        backend.Affine(factor, -0.8f * s, 1, factor);
        backend.Binary(BinaryOp.Multiply, latents, factor, latents);
    }
}
