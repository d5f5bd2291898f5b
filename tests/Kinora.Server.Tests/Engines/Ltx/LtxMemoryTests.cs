using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Media;
using Kinora.Server.Engines;
using Kinora.Server.Engines.Ltx;

namespace Kinora.Server.Tests.Engines.Ltx;

public sealed class LtxMemoryTests
{
    private const double Weights = 6.3e9;

    private static readonly VideoBrief s_brief = new()
    {
        Shots = [new ShotBrief("waves", TimeSpan.FromSeconds(5))],
        StartImage = new Image(2, 2, 3, new byte[12]),
        Seed = 1,
        Size = new FrameSize(1280, 720),
        Rate = new FrameRate(24),
    };

    [Fact]
    public void The_estimate_covers_what_was_measured_and_not_much_more()
    {
        // bench/results/ltx.md: 8.21 GB at most with the weights, at 512x288 with 97 frames.
        var plan = LtxPlan.Create(s_brief with { Shots = [new ShotBrief("waves", TimeSpan.FromSeconds(4))] }, 512 * 288);

        Assert.Equal(97, plan.Shots[0].Frames);
        Assert.InRange(Weights + LtxMemory.Work(LtxVideoConfig.TwoBillion, plan), 8.21e9, 9.5e9);
    }

    [Fact]
    public void A_preview_of_the_2B_model_fits_into_12_GB() =>
        LtxMemory.Require(LtxVideoConfig.TwoBillion, Weights, LtxPlan.Create(s_brief, 512 * 288), s_brief, 12e9);

    [Fact]
    public void Too_large_a_size_is_refused_and_one_that_fits_is_named()
    {
        var plan = LtxPlan.Create(s_brief, 1280 * 704);
        var budget = Weights + (LtxMemory.Work(LtxVideoConfig.TwoBillion, plan) * 0.8);

        var problem = Assert.Throws<EngineException>(() => LtxMemory.Require(LtxVideoConfig.TwoBillion, Weights, plan, s_brief, budget));

        Assert.True(problem.IsOutOfResources);
        Assert.Matches(@"\d+x\d+ would take \d+\.\d GB: set Ltx:Size", problem.Message);
    }

    [Fact]
    public void Where_nothing_fits_a_smaller_model_is_named()
    {
        var problem = Assert.Throws<EngineException>(() => LtxMemory.Require(LtxVideoConfig.TwoBillion, Weights, LtxPlan.Create(s_brief, 512 * 288), s_brief, 4e9));

        Assert.Contains("a smaller model", problem.Message, StringComparison.Ordinal);
    }
}
