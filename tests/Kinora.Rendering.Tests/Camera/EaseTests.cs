using Kinora.Rendering.Camera;

namespace Kinora.Rendering.Tests.Camera;

public sealed class EaseTests
{
    [Theory]
    [InlineData(Easing.Smooth)]
    [InlineData(Easing.Steady)]
    [InlineData(Easing.Sudden)]
    public void Progress_goes_from_0_to_1_without_turning_back_or_jumping(Easing easing)
    {
        Assert.Equal(0, Ease.Progress(easing, 0), 9);
        Assert.Equal(1, Ease.Progress(easing, 1), 9);
        for (var i = 1; i <= 200; i++)
        {
            var step = Ease.Progress(easing, i / 200.0) - Ease.Progress(easing, (i - 1) / 200.0);
            Assert.InRange(step, 0, easing == Easing.Sudden ? 0.08 : 0.01);
        }
    }

    [Fact]
    public void Speed_starts_and_ends_at_nothing()
    {
        Assert.True(Ease.Progress(Easing.Smooth, 0.01) < 1e-4);
        Assert.True(1 - Ease.Progress(Easing.Smooth, 0.99) < 1e-4);
    }

    [Fact]
    public void A_sudden_move_has_nearly_arrived_after_a_quarter_of_the_time() => Assert.Equal(0.9, Ease.Progress(Easing.Sudden, 0.25), 6);
}
