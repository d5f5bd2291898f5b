using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Schedulers;

/// <summary>
/// Euler steps along straight paths from noise to data, x_σ = (1 - σ)·x₀ + σ·ε with velocity v = ε - x₀
/// (<see href="https://arxiv.org/abs/2210.02747">flow matching</see>). Every token has its own noise level: it goes from there to the schedule's next lower
/// one.
/// </summary>
internal sealed class FlowMatchEulerScheduler
{
    private const float Tolerance = 1e-6f;

    /// <summary>Takes noise levels that fall; a final 0 is understood.</summary>
    /// <exception cref="DiffusionException">They do not fall, or leave the range from 0 to 1.</exception>
    public FlowMatchEulerScheduler(IReadOnlyList<float> sigmas)
    {
        ScheduleCheck.Levels(sigmas);
        Sigmas = sigmas;
    }

    /// <summary>The levels, one per step.</summary>
    public IReadOnlyList<float> Sigmas { get; }

    /// <summary>The largest level of the schedule below a token's.</summary>
    public float Next(float sigma)
    {
        foreach (var level in Sigmas)
        {
            if (level < sigma - Tolerance)
                return level;
        }

        return 0;
    }

    /// <summary>x ← x - (σ - σ')·v, in place, for tokens that are to be changed.</summary>
    /// <param name="backend">Where.</param>
    /// <param name="x">[tokens, channels].</param>
    /// <param name="velocity">[tokens, channels]; overwritten.</param>
    /// <param name="sigmas">Every token's level, and whether the token may change.</param>
    public void Step(IBackend backend, Tensor x, Tensor velocity, IReadOnlyList<(float Sigma, bool IsFree)> sigmas)
    {
        using var scope = new TensorScope(backend.Memory);
        var factors = scope.Empty([sigmas.Count, 1]);
        var values = factors.AsSpan<float>();
        for (var i = 0; i < values.Length; i++)
            values[i] = sigmas[i].IsFree ? Next(sigmas[i].Sigma) - sigmas[i].Sigma : 0;
        backend.Binary(BinaryOp.Multiply, velocity, factors, velocity);
        backend.Binary(BinaryOp.Add, x, velocity, x);
    }

    /// <summary>
    /// The stochastic variant: x₀ = x - σ·v; x ← (1 - σ')·x₀ + σ'·ε with fresh noise (<see href="https://arxiv.org/abs/2303.01469">consistency
    /// models</see>).
    /// </summary>
    /// <param name="backend">Where.</param>
    /// <param name="x">[tokens, channels].</param>
    /// <param name="velocity">[tokens, channels]; overwritten.</param>
    /// <param name="noise">[tokens, channels]; overwritten.</param>
    /// <param name="sigmas">Every token's level, and whether the token may change.</param>
    public void StochasticStep(IBackend backend, Tensor x, Tensor velocity, Tensor noise, IReadOnlyList<(float Sigma, bool IsFree)> sigmas)
    {
        // x ← keep·x + pull·v + fresh·ε with keep = 1 - σ', pull = -(1 - σ')·σ, fresh = σ'.
        using var scope = new TensorScope(backend.Memory);
        Tensor keep = scope.Empty([sigmas.Count, 1]), pull = scope.Empty([sigmas.Count, 1]), fresh = scope.Empty([sigmas.Count, 1]);
        var kept = keep.AsSpan<float>();
        var pulled = pull.AsSpan<float>();
        var freshened = fresh.AsSpan<float>();
        for (var i = 0; i < kept.Length; i++)
        {
            var (sigma, isFree) = sigmas[i];
            var next = Next(sigma);
            (kept[i], pulled[i], freshened[i]) = isFree ? (1 - next, (next - 1) * sigma, next) : (1, 0, 0);
        }

        backend.Binary(BinaryOp.Multiply, x, keep, x);
        backend.Binary(BinaryOp.Multiply, velocity, pull, velocity);
        backend.Binary(BinaryOp.Multiply, noise, fresh, noise);
        backend.Binary(BinaryOp.Add, x, velocity, x);
        backend.Binary(BinaryOp.Add, x, noise, x);
    }
}
