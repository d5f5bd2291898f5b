using Kinora.Diffusion.Guidance;
using Kinora.Diffusion.Schedulers;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>One pass over a schedule: noise becomes latents.</summary>
internal sealed class Denoising(IBackend backend, LtxVideoTransformer transformer, INoiseSource noise)
{
    private const float Tolerance = 1e-6f;

    /// <summary>The prompts of the pass.</summary>
    public required (LtxVideoContext Positive, LtxVideoContext? Negative) Prompts { get; init; }

    /// <summary>Pushes cross-attention away from the negative prompt, or null.</summary>
    public AttentionGuidance? AttentionGuidance { get; init; }

    /// <summary>Noise on firmly given tokens.</summary>
    public float MotionNoise { get; init; }

    /// <summary>Told after every block: steps done, and the part of the next step that is done.</summary>
    public Action<int, double>? Advanced { get; init; }

    /// <summary>Told after every step: its number from 0, and the clean clip as it looks now; the second only if wanted.</summary>
    public Action<int, Tensor?>? StepDone { get; init; }

    /// <summary>Whether <see cref="StepDone"/> is given the clean clip.</summary>
    public bool WantsPreviews { get; init; }

    /// <summary>Runs the pass on the clip, in place.</summary>
    public void Run(ClipState clip, LtxVideoSampling sampling, CancellationToken cancellation)
    {
        using var scope = new TensorScope(backend.Memory);
        var scheduler = new FlowMatchEulerScheduler(sampling.Sigmas);
        using var rotary = LtxVideoRotary.Create(backend, transformer.Config, clip.Positions);
        Tensor? initial = null;
        if (clip.Mask is not null)
            backend.Copy(clip.Tokens, initial = scope.Empty(clip.Tokens.Shape));
        for (var step = 0; step < sampling.Sigmas.Count; step++)
        {
            var sigma = sampling.Sigmas[step];
            if (initial is not null && MotionNoise > 0)
                AddMotionNoise(clip, initial, sigma, step);
            RunStep(clip, scheduler, rotary, sampling, step, cancellation);
        }
    }

    private void RunStep(ClipState clip, FlowMatchEulerScheduler scheduler, LtxVideoRotary rotary, LtxVideoSampling sampling, int step, CancellationToken cancellation)
    {
        using var scope = new TensorScope(backend.Memory);
        var sigma = sampling.Sigmas[step];
        var timesteps = Timesteps(clip, sigma);
        var levels = clip.Mask is null ? NoiseLevels.Uniform(timesteps[0]) : NoiseLevels.Of(timesteps);
        var velocity = Predict(scope, clip, levels, rotary, sampling.Guidance.At(sigma), step, cancellation);
        var tokens = timesteps.Select((timestep, i) => (timestep / 1000, clip.Mask is null || sigma - Tolerance < 1 - clip.Mask[i])).ToArray();
        using var clean = WantsPreviews ? Clean(clip.Tokens, velocity, timesteps) : null;
        if (sampling.IsStochastic)
        {
            var fresh = scope.Empty(clip.Tokens.Shape);
            noise.Fill(fresh, NoiseUse.Step, step);
            scheduler.StochasticStep(backend, clip.Tokens, velocity, fresh, tokens);
        }
        else
            scheduler.Step(backend, clip.Tokens, velocity, tokens);

        StepDone?.Invoke(step, clean);
    }

    // A token is never noisier than it is free.
    private static float[] Timesteps(ClipState clip, float sigma)
    {
        // Levels are written with few digits: rounding takes back what multiplying by 1000 adds to them.
        var timestep = (float)Math.Round(sigma * 1000.0, 4);
        var timesteps = new float[clip.Tokens.Shape[0]];
        for (var i = 0; i < timesteps.Length; i++)
            timesteps[i] = clip.Mask is null ? timestep : Math.Min(timestep, (1 - clip.Mask[i]) * 1000);
        return timesteps;
    }

    private Tensor Predict(TensorScope scope, ClipState clip, NoiseLevels levels, LtxVideoRotary rotary, GuidanceStep guidance, int step, CancellationToken cancellation)
    {
        var passes = 1 + (guidance.NeedsNegative ? 1 : 0) + (guidance.NeedsPerturbed ? 1 : 0);
        var done = 0;
        var away = AttentionGuidance is { } strength && Prompts.Negative is { } negative ? (negative, strength) : ((LtxVideoContext, AttentionGuidance)?)null;
        var positive = Pass(Prompts.Positive, new PassOptions { AwayFrom = away });
        var unwanted = !guidance.NeedsNegative ? null : Pass(Prompts.Negative ?? throw new DiffusionException("Guidance needs a negative prompt; an empty one will do."), new PassOptions());
        var perturbed = !guidance.NeedsPerturbed ? null : Pass(Prompts.Positive, new PassOptions { SkippedBlocks = guidance.SkippedBlocks, SkipMode = guidance.SkipMode });
        if (passes > 1)
            VelocityGuidance.Apply(backend, guidance, positive, unwanted, perturbed);
        return positive;

        Tensor Pass(LtxVideoContext prompt, PassOptions options)
        {
            var velocity = scope.Empty(clip.Tokens.Shape);
            var before = done++;
            options = options with { BlockDone = blocks => Advanced?.Invoke(step, (before + ((double)blocks / transformer.Config.Layers)) / passes) };
            transformer.Predict(clip.Tokens, levels, prompt, rotary, velocity, options, cancellation);
            return velocity;
        }
    }

    // Firmly given tokens begin every step from what was given, with noise that goes as σ².
    private void AddMotionNoise(ClipState clip, Tensor initial, float sigma, int step)
    {
        using var scope = new TensorScope(backend.Memory);
        var moved = scope.Empty(clip.Tokens.Shape);
        noise.Fill(moved, NoiseUse.Motion, step);
        backend.Affine(moved, MotionNoise * sigma * sigma, 0, moved);
        backend.Binary(BinaryOp.Add, initial, moved, moved);
        for (var first = 0; first < clip.Mask!.Length;)
        {
            var isFirm = IsFirm(first);
            var end = first + 1;
            while (end < clip.Mask.Length && IsFirm(end) == isFirm)
                end++;
            if (isFirm)
                backend.Copy(moved.Slice(0, first, end - first), clip.Tokens.Slice(0, first, end - first));
            first = end;
        }

        bool IsFirm(int token) => clip.Mask[token] > 1 - Tolerance;
    }

    // x₀ = x - σ·v.
    private Tensor Clean(Tensor tokens, Tensor velocity, float[] timesteps)
    {
        var clean = Tensor.Allocate(backend.Memory, DType.Float32, tokens.Shape);
        using var scope = new TensorScope(backend.Memory);
        var factors = scope.From<float>([.. timesteps.Select(timestep => timestep / 1000)], [timesteps.Length, 1]);
        backend.Binary(BinaryOp.Multiply, velocity, factors, clean);
        backend.Binary(BinaryOp.Subtract, tokens, clean, clean);
        return clean;
    }
}
