using Kinora.Server.Engines.Ltx;

namespace Kinora.Server.Tests.Engines.Ltx;

public sealed class LtxShotPlanTests
{
    [Theory]
    [InlineData(72, 73)]
    [InlineData(120, 121)]
    [InlineData(360, 361)]
    [InlineData(73, 73)]
    [InlineData(1, 9)]
    public void The_fewest_frames_that_are_enough_are_made(int wanted, int made) =>
        Assert.Equal(made, LtxShotPlan.Create(wanted, continues: false, keepsLast: false).Frames);

    [Fact]
    public void What_is_too_much_is_cut_off_at_the_end() =>
        Assert.Equal(Enumerable.Range(0, 72), LtxShotPlan.Create(72, continues: false, keepsLast: false).Kept);

    [Fact]
    public void A_shot_that_goes_on_shows_every_frame_but_the_one_it_shares() =>
        Assert.Equal(Enumerable.Range(1, 72), LtxShotPlan.Create(72, continues: true, keepsLast: true).Kept);

    [Fact]
    public void Every_length_keeps_as_many_frames_as_wanted_in_order_and_the_ends_that_matter()
    {
        for (var wanted = 2; wanted <= 120; wanted++)
        {
            foreach (var continues in (bool[])[false, true])
            {
                var plan = LtxShotPlan.Create(wanted, continues, keepsLast: true);

                Assert.Equal(1, plan.Frames % 8);
                Assert.Equal(wanted, plan.Kept.Count);
                Assert.Equal(plan.Kept.Distinct().Order(), plan.Kept);
                Assert.Equal((continues ? 1 : 0, plan.Frames - 1), (plan.Kept[0], plan.Kept[^1]));
            }
        }
    }
}
