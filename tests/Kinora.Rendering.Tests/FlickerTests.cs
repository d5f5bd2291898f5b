using Kinora.Media;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests;

/// <summary>What must not change from frame to frame, and what must not show at the edges.</summary>
public sealed class FlickerTests
{
    [Theory]
    [InlineData("coffee", "the camera orbits")]
    [InlineData("cat", "slowly push in")]
    [InlineData("rocket", "pan left")]
    public async Task The_light_does_not_flicker(string photo, string prompt)
    {
        using var clip = Clips.Create(Clips.Brief(await Photo.LoadAsync(photo), prompt));
        var light = Clips.Render(clip, Photo.Small).ConvertAll(MeanLuma);
        var wobble = Enumerable.Range(1, light.Count - 2).Max(i => Math.Abs(light[i - 1] - 2 * light[i] + light[i + 1]));

        Assert.True(wobble <= 0.5, $"second difference of mean luma {wobble:0.00}");
    }

    [Theory]
    [InlineData("coffee", "slowly push in")]
    [InlineData("rocket", "the camera slowly orbits")]
    [InlineData("dandelion", "slowly truck right")]
    [InlineData("astronaut", "handheld")]
    public async Task No_pixel_flickers_beyond_the_motion(string photo, string prompt)
    {
        using var clip = Clips.Create(Clips.Brief(await Photo.LoadAsync(photo), prompt));
        var frames = Clips.Render(clip, Photo.Small);

        Assert.InRange(ShimmerProbe.Of(frames[8..]), 0.05, 0.6);
    }

    [Fact]
    public async Task A_picture_that_moves_in_whole_pixels_would_be_called_flickering()
    {
        using var still = Clips.Create(Clips.Brief(await Photo.LoadAsync("coffee"), "static camera"));
        var picture = Clips.Frame(still, Photo.Small, 0);
        List<VideoFrame> frames = [.. Enumerable.Range(0, 24).Select(i => Shifted(picture, (int)Math.Round(0.4 * i)))];

        Assert.InRange(ShimmerProbe.Of(frames), 0.9, 1.8);
    }

    [Theory]
    [InlineData("the camera orbits")]
    [InlineData("crane up")]
    [InlineData("vertigo effect, dramatic")]
    [InlineData("the camera pulls back, then pans right")]
    [InlineData("zoom out")]
    [InlineData("whip pan to the left")]
    [InlineData("handheld")]
    [InlineData("the camera rolls left")]
    public void No_border_shows(string prompt)
    {
        using var clip = Clips.Create(Clips.Brief(Bright(Photo.Small), prompt));
        for (var i = 0; i < clip.FrameCount; i += 4)
        {
            var frame = Clips.Frame(clip, Photo.Small, i);
            Assert.True(LeastAtEdges(frame) >= 160, $"frame {i}: luma {LeastAtEdges(frame)} at an edge");
        }
    }

    [Theory]
    [InlineData("flat")]
    [InlineData("noise")]
    [InlineData("lines")]
    [InlineData("night")]
    public void A_picture_with_nothing_to_find_is_never_black_and_never_freezes(string kind)
    {
        using var clip = Clips.Create(Clips.Brief(Odd(kind, Photo.Small), "the camera orbits around it"));
        var frames = Clips.Render(clip, Photo.Small, 4);
        var first = MeanLuma(frames[0]);

        Assert.All(frames, frame => Assert.InRange(MeanLuma(frame), first - 12, first + 12));
        if (kind != "flat")
            Assert.All(frames.Skip(3).Zip(frames.Skip(4)), pair => Assert.True(Psnr.Of(pair.First.Y, pair.Second.Y) < 60, "the picture stands still"));
    }

    private static double MeanLuma(VideoFrame frame)
    {
        long sum = 0;
        foreach (var value in frame.Y)
            sum += value;
        return (double)sum / frame.Y.Length;
    }

    private static int LeastAtEdges(VideoFrame frame)
    {
        int width = frame.Size.Width, height = frame.Size.Height, least = 255;
        for (var x = 0; x < width; x++)
            least = Math.Min(least, Math.Min(frame.Y[x], frame.Y[(height - 1) * width + x]));
        for (var y = 0; y < height; y++)
            least = Math.Min(least, Math.Min(frame.Y[y * width], frame.Y[y * width + width - 1]));
        return least;
    }

    private static VideoFrame Shifted(VideoFrame frame, int left)
    {
        var result = new VideoFrame(frame.Size);
        for (var i = 0; i < frame.Y.Length; i++)
            result.Y[i] = frame.Y[Math.Min(i + left, frame.Y.Length - 1)];
        return result;
    }

    // Bright everywhere, with something in the middle to look at.
    private static Image Bright(FrameSize size) => Make(size, (x, y) =>
    {
        var middle = Math.Abs(x - size.Width / 2) < 40 && Math.Abs(y - size.Height / 2) < 40;
        return middle ? 60 : 200 + (x / 7 + y / 5) % 2 * 30;
    });

    private static Image Odd(string kind, FrameSize size)
    {
        var chance = new Random(3);
        return Make(size, (x, y) => kind switch
        {
            "flat" => 120,
            "noise" => chance.Next(256),
            "lines" => x / 3 % 7 == 0 || y / 4 % 9 == 0 ? 20 : 245,
            _ => chance.Next(400) == 0 ? 230 : 9,
        });
    }

    private static Image Make(FrameSize size, Func<int, int, int> grey)
    {
        var pixels = new byte[size.Width * size.Height * 3];
        for (var i = 0; i < size.Width * size.Height; i++)
            pixels.AsSpan(3 * i, 3).Fill((byte)grey(i % size.Width, i / size.Width));
        return new Image(size.Width, size.Height, 3, pixels);
    }
}
