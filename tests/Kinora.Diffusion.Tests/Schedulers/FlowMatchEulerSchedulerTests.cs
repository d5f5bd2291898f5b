using Kinora.Diffusion.Schedulers;
using Kinora.Tensors;

namespace Kinora.Diffusion.Tests.Schedulers;

public sealed class FlowMatchEulerSchedulerTests
{
    [Fact]
    public void The_true_velocity_leads_from_noise_to_data_for_every_starting_level()
    {
        // Tokens that begin at 1, between levels, at a level, and at 0; x = (1 - σ)·data + σ·noise, v = noise - data.
        float[] starts = [1, 0.8f, 0.5f, 0], data = [0.3f, -2, 5, 0.25f], noise = [1.5f, 0.5f, -1, 3];
        var scheduler = new FlowMatchEulerScheduler([1, 0.75f, 0.5f, 0.1f]);
        var x = starts.Select((sigma, i) => ((1 - sigma) * data[i]) + (sigma * noise[i])).ToArray();
        var sigmas = starts.ToArray();
        for (var step = 0; step < 4; step++)
        {
            x = Step(scheduler, x, [.. noise.Zip(data, (n, d) => n - d)], [.. sigmas.Select(sigma => (sigma, true))]);
            sigmas = [.. sigmas.Select(scheduler.Next)];
        }

        Assert.Equal(data, x, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.All(sigmas, sigma => Assert.Equal(0, sigma));
    }

    [Fact]
    public void A_token_goes_to_the_next_lower_level_and_one_that_is_not_free_stays()
    {
        var scheduler = new FlowMatchEulerScheduler([1, 0.9f, 0.5f]);

        Assert.Equal((0.9f, 0.5f, 0.5f, 0f, 0f), (scheduler.Next(1), scheduler.Next(0.9f), scheduler.Next(0.7f), scheduler.Next(0.5f), scheduler.Next(0)));
        Assert.Equal([2f, 1.9f], Step(scheduler, [2, 2], [1, 1], [(1, false), (1, true)]), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void The_stochastic_step_mixes_the_clean_estimate_with_fresh_noise()
    {
        var backend = TestBackend.Instance;
        using var scope = new TensorScope(backend.Memory);
        Tensor x = scope.From<float>([2, 2], [2, 1]), v = scope.From<float>([1, 1], [2, 1]), noise = scope.From<float>([10, 10], [2, 1]);

        new FlowMatchEulerScheduler([1, 0.6f]).StochasticStep(backend, x, v, noise, [(1, true), (1, false)]);

        // x₀ = 2 - 1 = 1; 0.4·1 + 0.6·10.
        Assert.Equal(6.4f, x.AsReadOnlySpan<float>()[0], 1e-5f);
        Assert.Equal(2f, x.AsReadOnlySpan<float>()[1]);
    }

    [Theory]
    [InlineData(new float[] { })]
    [InlineData(new float[] { 1.2f, 0.5f })]
    [InlineData(new float[] { 0.5f, 0.5f })]
    [InlineData(new float[] { 1, 0 })]
    [InlineData(new float[] { 1, float.NaN })]
    public void Levels_that_do_not_fall_within_the_range_are_refused(float[] sigmas) =>
        Assert.Throws<DiffusionException>(() => new FlowMatchEulerScheduler(sigmas));

    private static float[] Step(FlowMatchEulerScheduler scheduler, float[] x, float[] v, (float, bool)[] sigmas)
    {
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        var tensor = scope.From<float>(x, [x.Length, 1]);
        scheduler.Step(TestBackend.Instance, tensor, scope.From<float>(v, [v.Length, 1]), sigmas);
        return tensor.AsReadOnlySpan<float>().ToArray();
    }
}
