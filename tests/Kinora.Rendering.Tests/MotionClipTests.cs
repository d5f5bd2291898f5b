using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests;

public sealed class MotionClipTests
{
    [Theory]
    [InlineData("cat", "the camera orbits")]
    [InlineData("rocket", "handheld")]
    [InlineData("coffee", "zoom out")]
    public async Task The_first_frame_is_the_start_image(string photo, string prompt)
    {
        var image = await Photo.LoadAsync(photo);
        using var clip = Clips.Create(Clips.Brief(image, prompt));

        Assert.Equal(Yuv420.FromImage(image).Data, Clips.Frame(clip, Photo.Small, 0).Data);
        Assert.Equal(MotionClip.CreateFirstFrame(image).Data, Clips.Frame(clip, Photo.Small, 0).Data);
    }

    [Theory]
    [InlineData("slow push in")]
    [InlineData("morph into the end image")]
    public async Task The_first_frame_is_the_start_image_on_the_way_to_an_end_image_too(string prompt)
    {
        var (start, end) = (await Photo.LoadAsync("cat"), await Photo.LoadAsync("coffee"));
        using var clip = Clips.Create(Clips.Brief(start, prompt, end: end));

        Assert.Equal(MotionClip.CreateFirstFrame(start).Data, Clips.Frame(clip, Photo.Small, 0).Data);
    }

    [Fact]
    public async Task The_last_frame_is_the_end_image()
    {
        var (start, end) = (await Photo.LoadAsync("cat"), await Photo.LoadAsync("coffee"));
        using var clip = Clips.Create(Clips.Brief(start, "slow push in", end: end));

        Assert.Equal(Yuv420.FromImage(end).Data, Clips.Frame(clip, Photo.Small, clip.FrameCount - 1).Data);
        Assert.NotNull(clip.Plan.Transition);
    }

    [Fact]
    public async Task Between_start_and_end_image_no_frame_jumps()
    {
        var (start, end) = (await Photo.LoadAsync("cat"), await Photo.LoadAsync("coffee"));
        using var clip = Clips.Create(Clips.Brief(start, "slow pan left", 3, end));
        var frames = Clips.Render(clip, Photo.Small);

        for (var i = 1; i < frames.Count; i++)
            Assert.True(Psnr.Of(frames[i - 1].Y, frames[i].Y) > 20, $"frame {i} jumps");
    }

    [Fact]
    public async Task The_same_brief_gives_the_same_bytes_for_any_number_of_threads_and_any_order()
    {
        var (start, end) = (await Photo.LoadAsync("dandelion"), await Photo.LoadAsync("cat"));
        var brief = Clips.Brief(start, "handheld, the camera pushes in, then pans left", 1, end);
        using var one = Clips.Create(brief, threads: 1);
        using var two = Clips.Create(brief, threads: 2);
        var forwards = Clips.Render(one, Photo.Small);

        for (var i = two.FrameCount - 1; i >= 0; i--)
            Assert.Equal(forwards[i].Data, Clips.Frame(two, Photo.Small, i).Data);
    }

    [Fact]
    public async Task Frames_may_be_rendered_from_several_threads_at_once()
    {
        var image = await Photo.LoadAsync("rocket");
        using var clip = Clips.Create(Clips.Brief(image, "orbit", 1));
        var expected = Clips.Render(clip, Photo.Small);

        Parallel.For(0, clip.FrameCount, i => Assert.Equal(expected[i].Data, Clips.Frame(clip, Photo.Small, i).Data));
    }

    [Fact]
    public async Task Shots_cut_on_their_exact_frame()
    {
        var image = await Photo.LoadAsync("cat");
        var brief = Clips.Brief(image, "") with
        {
            Shots = [new Shot("wide", TimeSpan.FromSeconds(1)), new Shot("close-up", TimeSpan.FromSeconds(0.5)), new Shot("wide shot", TimeSpan.FromSeconds(1.5))],
        };
        using var clip = Clips.Create(brief);
        var frames = Clips.Render(clip, Photo.Small);
        var cuts = Enumerable.Range(1, frames.Count - 1).Where(i => Psnr.Of(frames[i - 1].Y, frames[i].Y) < 22);

        Assert.Equal(72, clip.FrameCount);
        Assert.Equal([24, 36], cuts);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(15)]
    public void Three_uneven_shots_add_up_to_the_exact_number_of_frames(int seconds)
    {
        var image = Clips.Blobs(64, 64);
        var third = TimeSpan.FromSeconds(seconds / 3.0);
        var brief = Clips.Brief(image, "") with { Shots = [new Shot("", third), new Shot("", third), new Shot("", TimeSpan.FromSeconds(seconds) - third - third)] };
        using var clip = Clips.Create(brief);

        Assert.Equal(24 * seconds, clip.FrameCount);
        Assert.Equal(clip.FrameCount, clip.Plan.Shots.Sum(shot => shot.FrameCount));
    }

    [Fact]
    public void A_picture_without_anything_in_it_still_makes_a_clip()
    {
        var grey = new Image(96, 64, 3, [.. Enumerable.Repeat((byte)127, 96 * 64 * 3)]);
        using var clip = Clips.Create(Clips.Brief(grey, "orbit left", 1));

        foreach (var frame in Clips.Render(clip, new FrameSize(96, 64)))
            Assert.All(frame.Y.ToArray(), luma => Assert.InRange(luma, 123, 128));
    }

    [Theory]
    [InlineData(50, 38)]
    [InlineData(38, 50)]
    [InlineData(322, 182)]
    public void Sizes_that_are_no_multiple_of_anything_work(int width, int height)
    {
        var image = Clips.Blobs(width, height);
        using var clip = Clips.Create(Clips.Brief(image, "zoom in and pan right", 0.5));
        var frame = Clips.Frame(clip, new FrameSize(width, height), clip.FrameCount - 1);

        Assert.InRange(frame.Y[^1], 16, 235);
        Assert.True(frame.U.ToArray().Min() > 60);
    }

    [Fact]
    public void A_brief_that_contradicts_itself_is_refused()
    {
        var image = Clips.Blobs(64, 64);
        var brief = Clips.Brief(image, "");

        Assert.Throws<ArgumentException>(() => Clips.Create(brief with { Shots = [] }));
        Assert.Throws<ArgumentException>(() => Clips.Create(brief with { Size = new FrameSize(128, 64) }));
        Assert.Throws<ArgumentException>(() => Clips.Create(brief with { CfgScale = 1.5 }));
        Assert.Throws<ArgumentException>(() => Clips.Create(brief with { EndImage = Clips.Blobs(32, 32) }));
        Assert.Throws<ArgumentException>(() => Clips.Create(brief with { Shots = [new Shot("", TimeSpan.Zero)] }));
        Assert.Throws<ArgumentException>(() => Clips.Create(brief with { Elements = [SceneElement.Of(new Image(5000, 1, 3, new byte[15_000]))] }));
    }

    [Fact]
    public void Frames_that_do_not_exist_are_refused()
    {
        var image = Clips.Blobs(64, 64);
        using var clip = Clips.Create(Clips.Brief(image, "", 1));

        Assert.Throws<ArgumentOutOfRangeException>(() => clip.RenderFrame(24, new VideoFrame(new FrameSize(64, 64))));
        Assert.Throws<ArgumentOutOfRangeException>(() => clip.RenderFrame(-1, new VideoFrame(new FrameSize(64, 64))));
        Assert.Throws<ArgumentException>(() => clip.RenderFrame(0, new VideoFrame(new FrameSize(32, 64))));
    }

    [Fact]
    public void A_cancelled_token_stops_the_analysis()
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "");

        Assert.ThrowsAny<OperationCanceledException>(() => MotionClip.Create(brief, null, new CancellationToken(canceled: true)));
    }
}
