using Kinora.Media;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests;

/// <summary>What the camera does, measured on the frames themselves.</summary>
public sealed class MotionTests
{
    private const double To720p = 1280.0 / 480;

    [Theory]
    [InlineData("pan left", 1, 0)]
    [InlineData("pan right", -1, 0)]
    [InlineData("truck left", 1, 0)]
    [InlineData("truck right", -1, 0)]
    [InlineData("tilt up", 0, 1)]
    [InlineData("tilt down", 0, -1)]
    [InlineData("crane up", 0, 1)]
    [InlineData("crane down", 0, -1)]
    [InlineData("镜头向左摇", 1, 0)]
    [InlineData("镜头上升", 0, 1)]
    public async Task The_picture_moves_against_the_camera(string prompt, int x, int y)
    {
        var frames = await RenderAsync("coffee", prompt);
        var (sumX, sumY) = TotalMotion(frames);

        Assert.True(sumX * x + sumY * y > 10, $"moved by {sumX:0.0}, {sumY:0.0}");
        Assert.True(Math.Abs(x == 0 ? sumX : sumY) < Math.Abs(x == 0 ? sumY : sumX) * 0.4, $"moved by {sumX:0.0}, {sumY:0.0}");
    }

    [Theory]
    [InlineData("zoom in", 1)]
    [InlineData("push in", 1)]
    [InlineData("zoom out", -1)]
    [InlineData("the camera pulls back", -1)]
    public async Task The_picture_grows_on_the_way_in_and_shrinks_on_the_way_out(string prompt, int sign)
    {
        var frames = await RenderAsync("coffee", prompt);
        var growth = Pairs(frames).Sum(pair => FlowProbe.Growth(pair.First, pair.Second));

        Assert.True(growth * sign > 0.03, $"grew by {growth:0.000}");
    }

    [Theory]
    [InlineData("the camera rolls left", 1)]
    [InlineData("the camera rolls right", -1)]
    public async Task The_picture_turns_against_the_camera(string prompt, int sign)
    {
        var frames = await RenderAsync("coffee", prompt);
        var turn = Pairs(frames).Sum(pair => FlowProbe.Turn(pair.First, pair.Second));

        Assert.True(turn * sign > 0.02, $"turned by {turn:0.000}");
    }

    [Theory]
    [InlineData("cat", "")]
    [InlineData("cat", "a cat looks at us")]
    [InlineData("cat", "orbit")]
    [InlineData("cat", "vertigo effect")]
    [InlineData("cat", "handheld")]
    [InlineData("cat", "slowly pushes in, then tilts up")]
    [InlineData("rocket", "orbit")]
    [InlineData("astronaut", "push in")]
    public async Task Every_clip_moves_visibly_and_smoothly(string photo, string prompt)
    {
        var frames = await RenderAsync(photo, prompt, step: 1);
        var velocities = Pairs(frames).Select(pair => FlowProbe.Cells(pair.First, pair.Second)).ToList();
        var travelled = velocities.Sum(cells => cells.Average(Length));
        var jitter = velocities.Zip(velocities.Skip(1), (a, b) => a.Zip(b, (p, q) => Length((q.X - p.X, q.Y - p.Y))).Average()).Average();

        Assert.True(travelled * To720p > 6, $"moved only {travelled * To720p:0.0} px");
        Assert.True(jitter * To720p <= (prompt == "handheld" ? 0.30 : 0.12), $"jitter {jitter * To720p:0.000} px per frame and frame");
    }

    [Theory]
    [InlineData("dandelion", "the camera trucks very slowly to the right", 5)]
    [InlineData("rocket", "the camera orbits", 3)]
    [InlineData("coffee", "handheld", 3)]
    public async Task Sharpness_does_not_breathe(string photo, string prompt, double seconds)
    {
        using var clip = Clips.Create(Clips.Brief(await Photo.LoadAsync(photo), prompt, seconds));
        var sharpness = Clips.Render(clip, Photo.Small).ConvertAll(SharpnessProbe.Of);

        Assert.True(SharpnessProbe.Breathing(sharpness) <= 0.03, $"breathes by {SharpnessProbe.Breathing(sharpness):P1}");
    }

    [Fact]
    public async Task A_locked_camera_does_not_move()
    {
        var frames = await RenderAsync("rocket", "static camera");
        var (x, y) = TotalMotion(frames);

        Assert.True(Math.Abs(x) + Math.Abs(y) < 0.3, $"moved by {x:0.0}, {y:0.0}");
    }

    [Fact]
    public async Task More_guidance_means_more_movement()
    {
        var image = await Photo.LoadAsync("coffee");
        var brief = Clips.Brief(image, "pan left");
        using var timid = Clips.Create(brief with { CfgScale = 0 });
        using var bold = Clips.Create(brief with { CfgScale = 1 });

        Assert.True(bold.Plan.Shots[0].Moves[0].Amount > 2 * timid.Plan.Shots[0].Moves[0].Amount);
    }

    private static async Task<List<VideoFrame>> RenderAsync(string photo, string prompt, int step = 2)
    {
        var image = await Photo.LoadAsync(photo);
        using var clip = Clips.Create(Clips.Brief(image, prompt, 3));
        return Clips.Render(clip, Photo.Small, step);
    }

    private static IEnumerable<(VideoFrame First, VideoFrame Second)> Pairs(List<VideoFrame> frames) => frames.Zip(frames.Skip(1));

    private static (double X, double Y) TotalMotion(List<VideoFrame> frames)
    {
        double x = 0, y = 0;
        foreach (var (first, second) in Pairs(frames))
        {
            var mean = FlowProbe.Mean(first, second);
            (x, y) = (x + mean.X, y + mean.Y);
        }
        return (x, y);
    }

    private static double Length((double X, double Y) vector) => Math.Sqrt(vector.X * vector.X + vector.Y * vector.Y);
}
