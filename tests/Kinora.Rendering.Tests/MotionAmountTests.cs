using Kinora.Media;
using Kinora.Rendering.Camera;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests;

/// <summary>
/// How far the picture moves, measured on the frames by block-wise Lucas-Kanade tracking (<see cref="FlowProbe"/>), against the amplitude that the plan
/// gives the camera. Angles become pixels by the focal length of 1.15 widths, travel becomes pixels by the inverse depth that was found in each block.
/// The zoom that keeps borders out of sight adds a few percent, which is why 25 percent are allowed.
/// </summary>
public sealed class MotionAmountTests
{
    private const double Focal = 1.15, Least = 0.75, Most = 1.25;

    [Theory]
    [InlineData("pan left", 1, 0, 0.055)]
    [InlineData("slowly pan right", -1, 0, 0.055)]
    [InlineData("tilt up", 0, 1, 0.055)]
    [InlineData("tilt down", 0, -1, 0.055)]
    public async Task A_turn_of_the_camera_moves_the_picture_by_its_angle(string prompt, int x, int y, double radians)
    {
        var (frames, amount) = await RenderAsync("coffee", prompt);
        var (sumX, sumY) = Sum(frames, FlowProbe.Mean);
        // A tilt is scaled with the frame's height over its width.
        var expected = radians * amount * Focal * (x != 0 ? Photo.Small.Width : Photo.Small.Height);

        Assert.InRange((sumX * x + sumY * y) / expected, Least, Most);
    }

    [Theory]
    [InlineData("the camera rolls left", 1)]
    [InlineData("the camera rolls right", -1)]
    public async Task A_roll_turns_the_picture_by_its_angle(string prompt, int sign)
    {
        var (frames, amount) = await RenderAsync("coffee", prompt);

        Assert.InRange(Pairs(frames).Sum(pair => FlowProbe.Turn(pair.First, pair.Second)) * sign / (0.055 * amount), Least, Most);
    }

    [Theory]
    [InlineData("zoom in", 0.16)]
    [InlineData("zoom out", -0.11)]
    public async Task A_zoom_scales_the_picture_by_its_factor(string prompt, double perAmount)
    {
        var (frames, amount) = await RenderAsync("coffee", prompt);
        var expected = Math.Sign(perAmount) * Math.Log(1 + Math.Abs(perAmount) * amount);

        Assert.InRange(Pairs(frames).Sum(pair => FlowProbe.Growth(pair.First, pair.Second)) / expected, Least, Most);
    }

    [Theory]
    [InlineData("push in", 0.13, 1.055)]
    [InlineData("the camera pulls back", -0.12, 1 / 1.045)]
    public async Task A_dolly_scales_each_part_by_how_near_it_is(string prompt, double perAmount, double lens)
    {
        var (frames, amount) = await RenderAsync("cat", prompt);
        var depths = await InverseDepthsAsync("cat");
        var expected = depths.Average(depth => -Math.Log(1 - perAmount * amount * depth)) + amount * Math.Log(lens);

        Assert.InRange(Pairs(frames).Sum(pair => FlowProbe.Growth(pair.First, pair.Second)) / expected, Least, Most);
    }

    [Theory]
    [InlineData("truck left", 1, 0, 0.075)]
    [InlineData("truck right", -1, 0, 0.075)]
    [InlineData("crane up", 0, 1, 0.13)]
    [InlineData("crane down", 0, -1, 0.13)]
    public async Task Travel_moves_near_parts_more_than_far_ones(string prompt, int x, int y, double perAmount)
    {
        var (frames, amount) = await RenderAsync("cat", prompt);
        var depths = await InverseDepthsAsync("cat");
        var (near, far) = (Row(frames, FlowProbe.Rows - 1), Row(frames, 0));
        var apart = (depths[^FlowProbe.Columns..].Average() - depths[..FlowProbe.Columns].Average()) * perAmount * amount * Focal * (x != 0 ? Photo.Small.Width : Photo.Small.Height);

        // What all parts have in common (a crane looks back to where it came from) drops out of the difference; the guard's zoom pulls rows apart, so up and down are averaged.
        Assert.InRange(((near.X - far.X) * x + Math.Abs(y) * Vertical(near.Y, far.Y, frames) * y) / apart, Least, Most);
    }

    [Theory]
    [InlineData("orbit left", -1)]
    [InlineData("orbit right", 1)]
    public async Task An_orbit_slides_near_past_far_and_keeps_the_subject_in_its_place(string prompt, int sign)
    {
        var (frames, amount) = await RenderAsync("cat", prompt);
        var depths = await InverseDepthsAsync("cat");
        var pivot = View.InverseDepth(Set.UsualPivot);
        var (near, far) = (Row(frames, FlowProbe.Rows - 1), Row(frames, 0));
        var apart = (depths[^FlowProbe.Columns..].Average() - depths[..FlowProbe.Columns].Average()) * 0.040 / pivot * amount * Focal * Photo.Small.Width;

        Assert.InRange((far.X - near.X) * sign / apart, Least, Most);
        // What is at the pivot's distance moves by less than a tenth of what the travel alone would do to it.
        var level = far.X + (near.X - far.X) * (pivot - depths[..FlowProbe.Columns].Average()) / (depths[^FlowProbe.Columns..].Average() - depths[..FlowProbe.Columns].Average());
        Assert.InRange(Math.Abs(level), 0, 0.1 * 0.040 * amount * Focal * Photo.Small.Width);
    }

    // Zoom about the middle moves the lowest row down and the highest up; the growth measured across takes that out.
    private static double Vertical(double near, double far, List<VideoFrame> frames)
    {
        var growth = Pairs(frames).Sum(pair => Sideways(pair.First, pair.Second));
        return near - far - growth * Photo.Small.Height * (FlowProbe.Rows - 1) / FlowProbe.Rows;
    }

    private static double Sideways(VideoFrame first, VideoFrame second)
    {
        var cells = FlowProbe.Cells(first, second);
        double numerator = 0, denominator = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var x = (i % FlowProbe.Columns + 0.5) * first.Size.Width / FlowProbe.Columns - first.Size.Width / 2.0;
            (numerator, denominator) = (numerator + cells[i].X * x, denominator + x * x);
        }
        return numerator / denominator;
    }

    private static (double X, double Y) Row(List<VideoFrame> frames, int row) => Sum(frames, (first, second) =>
    {
        var cells = FlowProbe.Cells(first, second)[(row * FlowProbe.Columns)..((row + 1) * FlowProbe.Columns)];
        return (cells.Average(cell => cell.X), cells.Average(cell => cell.Y));
    });

    private static async Task<double[]> InverseDepthsAsync(string photo)
    {
        var nearness = PictureReading.Of(await Photo.LoadAsync(photo), 2).Nearness;
        return [.. Enumerable.Range(0, FlowProbe.Rows * FlowProbe.Columns).Select(cell =>
            (double)View.InverseDepth(nearness.SampleAt((cell % FlowProbe.Columns + 0.5f) / FlowProbe.Columns, (cell / FlowProbe.Columns + 0.5f) / FlowProbe.Rows)))];
    }

    private static async Task<(List<VideoFrame> Frames, double Amount)> RenderAsync(string photo, string prompt)
    {
        using var clip = Clips.Create(Clips.Brief(await Photo.LoadAsync(photo), prompt));
        return (Clips.Render(clip, Photo.Small, 2), Assert.Single(clip.Plan.Shots[0].Moves).Amount);
    }

    private static IEnumerable<(VideoFrame First, VideoFrame Second)> Pairs(List<VideoFrame> frames) => frames.Zip(frames.Skip(1));

    private static (double X, double Y) Sum(List<VideoFrame> frames, Func<VideoFrame, VideoFrame, (double X, double Y)> measure) =>
        Pairs(frames).Select(pair => measure(pair.First, pair.Second)).Aggregate((sum, one) => (sum.Item1 + one.Item1, sum.Item2 + one.Item2));
}
