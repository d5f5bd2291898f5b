using Kinora.Diffusion.Guidance;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Tensors;

namespace Kinora.Diffusion.Tests.Guidance;

public sealed class VelocityGuidanceTests
{
    private static readonly float[] s_t = [1, -2, 3, 0.5f], s_u = [0.5f, 1, -1, 2], s_p = [0.25f, 0.5f, 1, -1];

    [Fact]
    public void Classifier_free_guidance_is_its_formula() =>
        Near([.. s_t.Zip(s_u, (t, u) => u + (3 * (t - u)))], Apply(new GuidanceStep { Scale = 3 }, s_u, null));

    [Fact]
    public void The_star_scales_the_negative_prediction_by_its_projection()
    {
        var factor = s_t.Zip(s_u, (t, u) => t * u).Sum() / s_u.Sum(u => u * u);

        Near([.. s_t.Zip(s_u, (t, u) => (factor * u) + (3 * (t - (factor * u))))], Apply(new GuidanceStep { Scale = 3, IsStar = true }, s_u, null));
    }

    [Fact]
    public void Perturbation_adds_what_the_perturbed_pass_lacks() =>
        Near([.. s_t.Zip(s_p, (t, p) => t + (2 * (t - p)))], Apply(new GuidanceStep { PerturbationScale = 2 }, null, s_p));

    [Fact]
    public void Rescaling_brings_the_deviation_back()
    {
        var plain = s_t.Zip(s_p, (t, p) => t + (2 * (t - p))).ToArray();
        var factor = (0.7 * Deviation(s_t) / Deviation(plain)) + 0.3;

        Near([.. plain.Select(value => (float)(value * factor))], Apply(new GuidanceStep { PerturbationScale = 2, Rescale = 0.7f }, null, s_p));
        Assert.Equal(Deviation(s_t), Deviation(Apply(new GuidanceStep { PerturbationScale = 2, Rescale = 1 }, null, s_p)), 1e-5);
    }

    [Fact]
    public void The_schedule_takes_the_first_threshold_that_is_not_above_the_level()
    {
        var schedule = LtxVideoPreset.Dev13B().First.Guidance;

        Assert.Equal((1f, 1f, 6f, 8f, 6f, 1f, 1f), (At(1), At(0.9965f), At(0.9940f), At(0.9851f), At(0.98f), At(0.95f), At(0.1f)));
        Assert.True(schedule.NeedsNegative);
        Assert.False(GuidanceSchedule.None.NeedsNegative);
        Assert.Equal(3f, schedule.WithScale(scale => scale / 2).At(0.98f).Scale);

        float At(float sigma) => schedule.At(sigma).Scale;
    }

    [Fact]
    public void Attention_guidance_pushes_away_and_limits_the_norm()
    {
        // Row 1: ẑ = 5·(1, 1) - 4·(1, 0) = (1, 5), norm 6 of 2: cut to 2.5·2 = 5. Row 2: z⁻ = z⁺, nothing happens.
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        Tensor positive = scope.From<float>([1, 1, 3, -1], [2, 2]), negative = scope.From<float>([1, 0, 3, -1], [2, 2]);

        new AttentionGuidance().Apply(TestBackend.Instance, positive, negative);

        Near([0.75f + (0.25f * 5 / 6), 0.75f + (0.25f * 25 / 6), 3, -1], positive.AsReadOnlySpan<float>().ToArray());
    }

    private static double Deviation(float[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1.0));
    }

    private static float[] Apply(GuidanceStep step, float[]? negative, float[]? perturbed)
    {
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var positive = scope.From<float>(s_t, [2, 2]);
        VelocityGuidance.Apply(TestBackend.Instance, step, positive, Of(negative), Of(perturbed));
        return positive.AsReadOnlySpan<float>().ToArray();

        Tensor? Of(float[]? values) => values is null ? null : scope.From<float>(values, [2, 2]);
    }

    private static void Near(float[] expected, float[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-5);
}
