using Kinora.Diffusion.Models.LtxVideo;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

public sealed class WindowPlanTests
{
    [Fact]
    public void Windows_cover_every_length_overlap_by_25_and_never_exceed_the_most()
    {
        for (var window = WindowPlan.LeastWindow; window <= 257; window += 8)
            for (var frames = 9; frames <= 1201; frames += 8)
            {
                var windows = WindowPlan.Create(frames, window);
                Assert.Equal(0, windows[0].First);
                Assert.Equal(frames, windows[^1].First + windows[^1].Frames);
                Assert.All(windows, item => Assert.True(item.Frames % 8 == 1 && item.Frames <= window));
                foreach (var (before, after) in windows.Zip(windows.Skip(1)))
                    Assert.Equal(before.First + before.Frames - WindowPlan.Overlap, after.First);

                // Both overlaps of a middle window must fit into it side by side.
                Assert.All(windows.Skip(1).SkipLast(1), item => Assert.True(item.Frames >= 2 * WindowPlan.Overlap));
            }
    }

    [Fact]
    public void Windows_are_joined_in_order_and_faded()
    {
        var output = new List<float>();
        var join = new WindowJoin(frame => output.Add(frame.Pixels.Span[0]));
        for (var (window, first) = (0, 0); window < 2; window++, first += 73 - WindowPlan.Overlap)
        {
            join.Begin(73, window == 1);
            for (var i = 0; i < 73; i++)
                join.Push(new RgbFrame(1, 1, [window, 0, 0]));
        }

        Assert.Equal(121, output.Count);
        Assert.All(output[..48], value => Assert.Equal(0, value));
        Assert.Equal(output[48..73].Order(), output[48..73]);
        Assert.InRange(output[60], 0.4f, 0.6f);
        Assert.All(output[73..], value => Assert.Equal(1, value));
    }
}
