using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.Schedulers;

namespace Kinora.Diffusion.Tests.Schedulers;

public sealed class ScheduleTests
{
    private static readonly float[][] s_lists =
    [
        [.. DistilledSchedule.FirstPass], [.. DistilledSchedule.SecondPass], [.. DistilledSchedule.SinglePass],
        UniformSchedule.Create(1), UniformSchedule.Create(40), UniformSchedule.Create(30, tokens: 1872), UniformSchedule.Create(30, tokens: 14080, lastLevel: 0.1f),
        LinearQuadraticSchedule.Create(1), LinearQuadraticSchedule.Create(2), LinearQuadraticSchedule.Create(7), LinearQuadraticSchedule.Create(40),
        [.. LtxVideoPreset.Dev13B().First.Sigmas], [.. LtxVideoPreset.Distilled096.First.Sigmas],
    ];

    [Fact]
    public void Every_list_falls_from_at_most_one_and_stays_above_zero() => Assert.All(s_lists, ScheduleCheck.Levels);

    [Fact]
    public void Even_levels_end_at_one_nth() => Assert.Equal([1, 0.75f, 0.5f, 0.25f], UniformSchedule.Create(4));

    [Fact]
    public void The_shift_of_1024_tokens_is_that_of_its_formula()
    {
        // s = 0.95: σ = e^s / (e^s + 1/t - 1) at t = 1/2.
        Assert.Equal(Math.Exp(0.95) / (Math.Exp(0.95) + 1), UniformSchedule.Create(2, tokens: 1024)[1], 1e-6);
        Assert.Equal(Math.Exp(2.05) / (Math.Exp(2.05) + 1), UniformSchedule.Create(2, tokens: 4096)[1], 1e-6);
        Assert.Equal(0.1, UniformSchedule.Create(20, tokens: 4096, lastLevel: 0.1f)[^1], 1e-6);
    }

    [Fact]
    public void The_linear_quadratic_list_is_that_of_its_formula_and_meets_zero_after_the_last_step()
    {
        var sigmas = LinearQuadraticSchedule.Create(8);

        // The first half falls by 0.025 / 4 a step; the quadratic part meets it at step 4 and would reach 0 at step 8.
        Assert.Equal([1, 0.99375f, 0.9875f, 0.98125f, 0.975f], sigmas[..5], (a, b) => Math.Abs(a - b) < 1e-6);
        var (d, k, n) = (4 - (0.025 * 8), 4.0, 8.0);
        var (a, b) = (d / (k * 16), (0.025 / k) - (2 * d / 16));
        Assert.Equal(0, 1 - ((a * n * n) + (b * n) + (a * k * k)), 1e-9);
        Assert.Equal(1 - ((a * 36) + (b * 6) + (a * k * k)), sigmas[6], 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void Senseless_numbers_of_steps_are_refused(int steps)
    {
        Assert.Throws<DiffusionException>(() => UniformSchedule.Create(steps));
        Assert.Throws<DiffusionException>(() => LinearQuadraticSchedule.Create(steps));
    }

    [Fact]
    public void Shorter_distilled_lists_are_parts_of_the_long_one()
    {
        for (var steps = 4; steps <= 8; steps++)
        {
            var list = DistilledSchedule.SinglePassOf(steps);
            Assert.Equal(steps, list.Count);
            Assert.Subset(DistilledSchedule.SinglePass.ToHashSet(), list.ToHashSet());
            ScheduleCheck.Levels(list);
        }

        Assert.Throws<DiffusionException>(() => DistilledSchedule.SinglePassOf(3));
    }
}
