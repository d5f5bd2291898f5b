using Kinora.Media;

namespace Kinora.Rendering.Tests.Effects.Look;

public sealed class FocusEffectTests
{
    private static readonly FrameSize s_square = new(480, 480);

    [Fact]
    public async Task The_background_goes_soft_and_the_face_stays_sharp()
    {
        var frames = await FramesAsync("static camera, shallow depth of field", 0, 40);

        Assert.True(Detail(frames[1], 0.62, 0.78, 0.05, 0.3) < 0.5 * Detail(frames[0], 0.62, 0.78, 0.05, 0.3));
        Assert.InRange(Detail(frames[1], 0.39, 0.49, 0.18, 0.3) / Detail(frames[0], 0.39, 0.49, 0.18, 0.3), 0.95, 1.05);
    }

    [Fact]
    public async Task A_focus_pull_changes_what_is_sharp()
    {
        var frames = await FramesAsync("static camera, rack focus to the background", 0, 18, 47);

        double face = Detail(frames[0], 0.39, 0.49, 0.18, 0.3), wall = Detail(frames[0], 0.62, 0.78, 0.05, 0.3);
        Assert.True(Detail(frames[1], 0.62, 0.78, 0.05, 0.3) < 0.6 * wall);
        Assert.True(Detail(frames[2], 0.39, 0.49, 0.18, 0.3) < 0.5 * face);
        Assert.True(Detail(frames[2], 0.62, 0.78, 0.05, 0.3) > 0.9 * wall);
    }

    private static async Task<List<VideoFrame>> FramesAsync(string prompt, params int[] numbers)
    {
        using var clip = Clips.Create(Clips.Brief(await Photo.LoadAsync("astronaut", s_square), prompt, 2));
        return [.. numbers.Select(number => Clips.Frame(clip, s_square, number))];
    }

    // Mean difference of neighbours.
    private static double Detail(VideoFrame frame, double left, double right, double top, double bottom)
    {
        int width = frame.Size.Width, height = frame.Size.Height;
        double sum = 0, count = 0;
        for (var y = (int)(top * height); y < bottom * height; y++)
        {
            for (var x = (int)(left * width); x < right * width; x++, count++)
                sum += Math.Abs(frame.Y[y * width + x + 1] - frame.Y[y * width + x]);
        }
        return sum / count;
    }
}
