using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Makes one clip of at most one window: conditioning, one or two passes, decoding.</summary>
internal sealed class ClipJob(
    IBackend backend,
    LtxVideoTransformer transformer,
    LtxVideoAutoencoder autoencoder,
    LatentUpsampler? upsampler,
    LtxVideoRequest request,
    (LtxVideoContext Positive, LtxVideoContext? Negative) prompts,
    ProgressMeter meter)
{
    /// <summary>Video frames.</summary>
    public required int Frames { get; init; }

    /// <summary>Prepared keyframes.</summary>
    public required IReadOnlyList<LtxVideoKeyframe> Keyframes { get; init; }

    /// <summary>Which part of the film this is, for its noise; the lowest bit is the pass.</summary>
    public int Part { get; init; }

    /// <summary>Tokens of the prompt, for the progress.</summary>
    public int TextTokens { get; init; }

    /// <summary>Called with the finished, normalised latents before they are decoded.</summary>
    public Action<Tensor>? Finish { get; init; }

    /// <summary>Follows the reference implementation where it differs from the official one, with its noise. For tests.</summary>
    public INoiseSource? ReferenceNoise { get; init; }

    /// <summary>Called after every step with all tokens. For tests.</summary>
    public Action<int, Tensor>? StepDone { get; init; }

    /// <summary>The operations that a clip takes, nearly.</summary>
    public static double Work(LtxVideoTransformerConfig model, LtxVideoAutoencoderConfig vae, LtxVideoRequest request, int frames, int textTokens)
    {
        var (width, height) = FinalSize(request);
        var work = LtxVideoCost.Decoder(vae, width, height, frames);
        work += PassWork(model, request, request.Preset.First, request.Preset.Second is null ? (width, height) : LtxVideoRequestCheck.FirstPassSize(request), frames, textTokens);
        return request.Preset.Second is { } second ? work + PassWork(model, request, second, (width, height), frames, textTokens) : work;
    }

    /// <summary>Makes the clip.</summary>
    /// <param name="output">Called with every frame, in order.</param>
    /// <param name="cancellation">Heeded within one block or stage.</param>
    public void Run(Action<RgbFrame> output, CancellationToken cancellation)
    {
        var (width, height) = FinalSize(request);
        var preset = request.Preset;
        ClipState clip;
        if (preset.Second is null)
            clip = Pass(preset.First, width, height, from: null, pass: 0, cancellation);
        else
        {
            var (firstWidth, firstHeight) = LtxVideoRequestCheck.FirstPassSize(request);
            using var small = Pass(preset.First, firstWidth, firstHeight, from: null, pass: 0, cancellation);
            using var grown = new TensorScope(backend.Memory);
            var enlarged = Enlarge(small, grown, cancellation);
            clip = Pass(preset.Second, width, height, (enlarged, preset.Second.Sigmas[0]), pass: 1, cancellation);
        }

        using (clip)
        {
            Finish?.Invoke(clip.Latents);
            Decode(clip, width, height, (preset.Second ?? preset.First).ToneMapping, output, cancellation);
        }
    }

    private static (int Width, int Height) FinalSize(LtxVideoRequest request)
    {
        if (request.Preset.Second is null)
            return (request.Width, request.Height);
        var (width, height) = LtxVideoRequestCheck.FirstPassSize(request);
        return (2 * width, 2 * height);
    }

    private static double PassWork(LtxVideoTransformerConfig model, LtxVideoRequest request, LtxVideoSampling sampling, (int Width, int Height) size, int frames, int textTokens)
    {
        var grid = LatentGrid.Of(size.Width, size.Height, frames);
        return sampling.Sigmas.Sum(sigma =>
        {
            var guidance = sampling.Guidance.At(sigma);
            var passes = 1 + (guidance.NeedsNegative ? 1 : 0) + (guidance.NeedsPerturbed ? 1 : 0);
            return passes * LtxVideoCost.Transformer(model, grid.Tokens, textTokens);
        });
    }

    private ClipState Pass(LtxVideoSampling sampling, int width, int height, (Tensor Latents, float Sigma)? from, int pass, CancellationToken cancellation)
    {
        using var scope = new TensorScope(backend.Memory);
        meter.Report(LtxVideoPhase.Preparing);
        var noise = ReferenceNoise ?? new SeededNoise(backend, request.Seed, Part | pass);
        var grid = LatentGrid.Of(width, height, Frames);
        var given = Keyframes.Select(keyframe => (FrameTensors.From(backend, scope, keyframe.Frames, width, height), keyframe.FrameIndex, keyframe.Strength)).ToList();
        var clip = new Conditioning(backend, autoencoder, transformer.Config, noise, samplesPosterior: ReferenceNoise is not null)
            .Begin(grid, request.FrameRate, from, given, cancellation);
        try
        {
            var steps = sampling.Sigmas.Count;
            var perStep = PassWork(transformer.Config, request, sampling, (width, height), Frames, TextTokens) / steps;
            var denoising = new Denoising(backend, transformer, noise)
            {
                Prompts = prompts,
                AttentionGuidance = request.AttentionGuidance,
                MotionNoise = request.MotionNoise,
                WantsPreviews = request.WantsPreviews,
                Advanced = (step, share) => meter.Report(LtxVideoPhase.Denoising, share * perStep, step + 1, steps),
                StepDone = (step, clean) =>
                {
                    StepDone?.Invoke(step, clip.Tokens);
                    meter.Add(perStep);
                    if (clean is not null)
                        meter.Report(LtxVideoPhase.Denoising, 0, step + 1, steps, Preview(clean, grid, cancellation));
                },
            };
            denoising.Run(clip, sampling, cancellation);
            return clip;
        }
        catch
        {
            clip.Dispose();
            throw;
        }
    }

    // The middle latent frame of the clip, decoded alone.
    private RgbFrame Preview(Tensor clean, LatentGrid grid, CancellationToken cancellation)
    {
        using var scope = new TensorScope(backend.Memory);
        var perFrame = (long)grid.Rows * grid.Columns;
        var latents = scope.Empty([1, grid.Rows, grid.Columns, clean.Shape[1]]);
        backend.Copy(clean.Slice(0, clean.Shape[0] - grid.Tokens + (grid.Frames / 2 * perFrame), perFrame).Reshape(latents.Shape), latents);
        autoencoder.Denormalize(latents);
        RgbFrame? frame = null;
        var (width, height) = (grid.Columns * LatentGrid.PixelsPerCell, grid.Rows * LatentGrid.PixelsPerCell);
        autoencoder.Decode(latents, request.Preset.DecodeTimestep, pixels => frame = FrameTensors.To(backend, pixels, width, height).First(), cancellation);
        return frame!;
    }

    // Doubled latents with the look of the small ones.
    private Tensor Enlarge(ClipState small, TensorScope scope, CancellationToken cancellation)
    {
        meter.Report(LtxVideoPhase.Upsampling);
        using var inner = new TensorScope(backend.Memory);
        var plain = inner.Empty(small.Latents.Shape);
        backend.Copy(small.Latents, plain);
        autoencoder.Denormalize(plain);
        var grid = upsampler!.Grown(small.Grid);
        var grown = scope.Empty([grid.Frames, grid.Rows, grid.Columns, plain.Shape[3]]);
        upsampler.Run(plain, grown, cancellation);
        autoencoder.Normalize(grown);
        LatentStatistics.Match(backend, grown, small.Latents);
        return grown;
    }

    private void Decode(ClipState clip, int width, int height, float toneMapping, Action<RgbFrame> output, CancellationToken cancellation)
    {
        var work = LtxVideoCost.Decoder(autoencoder.Config, width, height, Frames);
        meter.Report(LtxVideoPhase.Decoding);
        var noise = ReferenceNoise ?? new SeededNoise(backend, request.Seed, Part | 2);
        LatentDecoding.Run(backend, autoencoder, clip.Latents, request.Preset, toneMapping, noise, ReferenceNoise is not null, request.Tiling, Emit, cancellation);

        void Emit(Tensor pixels)
        {
            foreach (var frame in FrameTensors.To(backend, pixels, request.Width, request.Height))
            {
                output(frame);
                meter.Add(work / Frames);
            }

            meter.Report(LtxVideoPhase.Decoding);
        }
    }
}
