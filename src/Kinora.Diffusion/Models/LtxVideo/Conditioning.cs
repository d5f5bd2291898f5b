using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// Puts given frames into a clip. Those at the start are mixed into the clip's own tokens; others become extra tokens with the position of their frame,
/// and what a piece of film has beyond its first two latent frames is mixed in place.
/// </summary>
internal sealed class Conditioning(IBackend backend, LtxVideoAutoencoder autoencoder, LtxVideoTransformerConfig config, INoiseSource noise, bool samplesPosterior)
{
    private const int PrefixFrames = 2;

    /// <summary>Begins a clip.</summary>
    /// <param name="grid">Its size.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="from">Latents to begin from, normalised, and how much noise covers them; null for noise alone.</param>
    /// <param name="keyframes">Prepared pixels [frames, height, width, 3] from -1 to 1, and where and how firmly.</param>
    /// <param name="cancellation">Checked within the encoder.</param>
    public ClipState Begin(
        LatentGrid grid, double frameRate, (Tensor Latents, float Sigma)? from, IReadOnlyList<(Tensor Pixels, int FrameIndex, float Strength)> keyframes, CancellationToken cancellation)
    {
        var kept = new TensorScope(backend.Memory);
        try
        {
            using var scope = new TensorScope(backend.Memory);
            var channels = config.Channels;
            var extra = keyframes.Where(keyframe => keyframe.FrameIndex > 0).Sum(keyframe => ExtraTokens(grid, keyframe.Pixels.Shape[0]));
            var tokens = kept.Empty([extra + grid.Tokens, channels]);
            var own = tokens.Slice(0, extra, grid.Tokens);
            noise.Fill(own, NoiseUse.Initial, 0);
            if (from is var (latents, sigma))
                Mix(scope, own, latents.Reshape(own.Shape), 1 - sigma);
            if (keyframes.Count == 0)
                return new ClipState(kept, grid, tokens, null, TokenPosition.Of(grid, frameRate, config.HasCausalTimes));

            var mask = new float[tokens.Shape[0]];
            var positions = new List<TokenPosition>();
            for (var i = 0; i < keyframes.Count; i++)
            {
                var (pixels, frameIndex, strength) = keyframes[i];
                var encoded = Encode(scope, pixels, grid, i, cancellation);
                if (frameIndex == 0)
                    Place(scope, own, mask.AsSpan((int)extra), encoded, 0, grid, strength);
                else
                    AddTokens(scope, tokens, own, mask, positions, encoded, grid, frameRate, i, frameIndex, strength, (int)extra);
            }

            positions.AddRange(TokenPosition.Of(grid, frameRate, config.HasCausalTimes));
            return new ClipState(kept, grid, tokens, mask, [.. positions]);
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    private static long ExtraTokens(LatentGrid grid, long frames) => Math.Min(PrefixFrames, ((frames - 1) / LatentGrid.FramesPerLatent) + 1) * grid.Rows * grid.Columns;

    // Normalised latents [tokens, channels].
    private Tensor Encode(TensorScope scope, Tensor pixels, LatentGrid grid, int index, CancellationToken cancellation)
    {
        var frames = ((pixels.Shape[0] - 1) / LatentGrid.FramesPerLatent) + 1;
        Shape shape = [frames, grid.Rows, grid.Columns, config.Channels];
        Tensor mean = scope.Empty(shape), logVariance = scope.Empty([frames, grid.Rows, grid.Columns, 1]);
        autoencoder.Encode(pixels, mean, logVariance, cancellation);
        var tokens = mean.Reshape([shape.ElementCount / config.Channels, config.Channels]);
        if (samplesPosterior)
        {
            // The reference draws a sample; the variance is tiny, and production takes the mean.
            var sample = scope.Empty(tokens.Shape);
            noise.Fill(sample, NoiseUse.Posterior, index);
            backend.Affine(logVariance, 0.5f, 0, logVariance);
            backend.Unary(UnaryOp.Exp, logVariance, logVariance);
            backend.Binary(BinaryOp.Multiply, sample, logVariance.Reshape([tokens.Shape[0], 1]), sample);
            backend.Binary(BinaryOp.Add, tokens, sample, tokens);
        }

        autoencoder.Normalize(tokens);
        return tokens;
    }

    private void AddTokens(
        TensorScope scope, Tensor tokens, Tensor own, float[] mask, List<TokenPosition> positions, Tensor encoded, LatentGrid grid, double frameRate, int index, int frameIndex, float strength, int extra)
    {
        var perFrame = (long)grid.Rows * grid.Columns;
        var prefix = Math.Min(PrefixFrames * perFrame, encoded.Shape[0]);
        if (encoded.Shape[0] > prefix)
            Place(scope, own, mask.AsSpan(extra), encoded.Slice(0, prefix, encoded.Shape[0] - prefix), (frameIndex / LatentGrid.FramesPerLatent) + PrefixFrames, grid, strength);

        // Keyframes lie in the order in which they were given.
        var target = tokens.Slice(0, positions.Count, prefix);
        noise.Fill(target, NoiseUse.Keyframe, index);
        Mix(scope, target, encoded.Slice(0, 0, prefix), strength);
        mask.AsSpan(positions.Count, (int)prefix).Fill(strength);
        positions.AddRange(TokenPosition.Of(grid with { Frames = (int)(prefix / perFrame) }, frameRate, config.HasCausalTimes, frameIndex));
    }

    private void Place(TensorScope scope, Tensor own, Span<float> mask, Tensor encoded, int firstFrame, LatentGrid grid, float strength)
    {
        var first = firstFrame * grid.Rows * grid.Columns;
        Mix(scope, own.Slice(0, first, encoded.Shape[0]), encoded, strength);
        mask.Slice(first, (int)encoded.Shape[0]).Fill(strength);
    }

    // x ← (1 - share)·x + share·given.
    private void Mix(TensorScope scope, Tensor x, Tensor given, float share)
    {
        if (share is 1)
        {
            backend.Copy(given, x);
            return;
        }

        var part = scope.Empty(given.Shape);
        backend.Affine(given, share, 0, part);
        backend.Affine(x, 1 - share, 0, x);
        backend.Binary(BinaryOp.Add, x, part, x);
    }
}
