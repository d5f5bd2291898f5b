using System.Text;
using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Ffmpeg;

namespace Kinora.Server.Tests.Engines;

/// <summary>What comes out, looked at with ffprobe and as pixels.</summary>
public sealed class ClipOutputTests
{
    private const string V3 = "fal-ai/kling-video/v3/standard/image-to-video";
    private const string Turbo = "fal-ai/kling-video/v3/turbo/standard/image-to-video";
    private const string O3 = "fal-ai/kling-video/o3/standard/image-to-video";

    [Theory]
    [InlineData(V3, null, true)]
    [InlineData(V3, false, false)]
    [InlineData(Turbo, null, true)]
    [InlineData(O3, null, false)]
    [InlineData(O3, true, true)]
    public async Task Every_output_has_the_hosted_form_and_sound_if_and_only_if_asked_for(string endpoint, bool? audio, bool hasSound)
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var input = Input("The camera slowly pushes in.");
        if (audio is not null)
            input["generate_audio"] = audio;

        var clip = await workshop.MakeAsync(endpoint, input, SamplePhotos.PathOf("dandelion.jpg"));

        var info = await workshop.ProbeAsync(clip);
        Assert.Equal(("h264", "High", "yuv420p"), (info.Codec, info.Profile, info.PixelFormat));
        Assert.Equal((1280, 720), (info.Width, info.Height));
        Assert.Equal(new FrameRate(24), info.Rate);
        Assert.Equal(72, info.FrameCount);
        Assert.InRange(info.Duration.TotalSeconds, 3 - (1 / 24.0), 3 + (1 / 24.0));
        Assert.Equal(new ColorTags("tv", "bt709", "bt709", "bt709"), info.Color);
        Assert.Equal(hasSound, info.Audio is not null);
        Assert.True(IndexComesFirst(clip), "The index (moov) must come before the data (mdat), so that a player can start at once.");
    }

    [Theory]
    [InlineData("dandelion.jpg", 1280, 720, false)]
    [InlineData("astronaut.jpg", 960, 960, true)]
    [InlineData("dogs.jpg", 784, 1176, false)]
    [InlineData("stream.jpg", 1176, 784, false)]
    [InlineData("pagoda.jpg", 1168, 780, true)]
    [InlineData("rocket.jpg", 1168, 780, true)]
    public async Task The_frame_keeps_the_pictures_own_shape_and_the_first_frame_is_the_picture(string photo, int width, int height, bool layered)
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var (clip, log) = await workshop.MakeWithLogAsync(O3, Input("orbit to the right"), SamplePhotos.PathOf(photo));

        var (first, last) = await workshop.ReadEndsAsync(clip);
        Assert.InRange(first.Size.Width, width - 16, width + 16);
        Assert.InRange(first.Size.Height, height - 16, height + 16);
        var prepared = await workshop.PrepareAsync(SamplePhotos.PathOf(photo), first.Size);
        Assert.Equal(layered, log.Contains("lifted off", StringComparison.Ordinal));
        Assert.InRange(ClipWorkshop.Psnr(first, prepared), 34, 99);
        Assert.True(ClipWorkshop.Psnr(last, prepared) < 30, "Nothing moved.");
        Assert.True(DarkestBorder(last) >= DarkestBorder(prepared) - 16, "A border shows.");
    }

    [Fact]
    public async Task A_higher_tier_gives_larger_frames()
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var clip = await workshop.MakeAsync("fal-ai/kling-video/o3/pro/image-to-video", Input("slowly push in"), SamplePhotos.PathOf("dandelion.jpg"));

        var info = await workshop.ProbeAsync(clip);
        Assert.Equal((1920, 1080, 72), (info.Width, info.Height, info.FrameCount));
    }

    [Theory]
    [InlineData("mountain.jpg", "mountain_ahead.jpg")]
    [InlineData("coffee.jpg", "pagoda.jpg")]
    public async Task A_clip_with_an_end_image_ends_on_it(string start, string end)
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var clip = await workshop.MakeAsync(O3, Input("walk forward"), SamplePhotos.PathOf(start), SamplePhotos.PathOf(end));

        var (first, last) = await workshop.ReadEndsAsync(clip);
        Assert.InRange(ClipWorkshop.Psnr(first, await workshop.PrepareAsync(SamplePhotos.PathOf(start), first.Size)), 34, 99);
        Assert.InRange(ClipWorkshop.Psnr(last, await workshop.PrepareAsync(SamplePhotos.PathOf(end), first.Size)), 34, 99);
    }

    [Fact]
    public async Task A_storyboard_lasts_as_long_as_its_shots()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var input = new JsonObject
        {
            ["multi_prompt"] = new JsonArray(
                new JsonObject { ["prompt"] = "wide shot, slow pan right", ["duration"] = "1" },
                new JsonObject { ["prompt"] = "close-up, push in", ["duration"] = "2" }),
        };

        var clip = await workshop.MakeAsync(Turbo, input, SamplePhotos.PathOf("coffee.jpg"));

        Assert.Equal(72, (await workshop.ProbeAsync(clip)).FrameCount);
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bytes_and_another_seed_another_sound()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var photo = SamplePhotos.PathOf("coffee.jpg");

        var once = await workshop.MakeAsync(V3, Input("handheld"), photo, name: "once.mp4");
        var again = await workshop.MakeAsync(V3, Input("handheld"), photo, name: "again.mp4");
        var other = Input("handheld");
        other["seed"] = 4711;
        var seeded = await workshop.MakeAsync(V3, other, photo, name: "seeded.mp4");

        Assert.Equal(await File.ReadAllBytesAsync(once), await File.ReadAllBytesAsync(again));
        Assert.NotEqual(await File.ReadAllBytesAsync(once), await File.ReadAllBytesAsync(seeded));
    }

    private static JsonObject Input(string prompt) => new() { ["prompt"] = prompt, ["duration"] = "3" };

    private static bool IndexComesFirst(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        return bytes.IndexOf(Encoding.ASCII.GetBytes("moov")) < bytes.IndexOf(Encoding.ASCII.GetBytes("mdat"));
    }

    /// <summary>The lowest mean luma of the four outermost lines: a border that shows is a dark line.</summary>
    private static double DarkestBorder(VideoFrame frame)
    {
        var (width, height) = (frame.Size.Width, frame.Size.Height);
        double top = 0, bottom = 0, left = 0, right = 0;
        for (var x = 0; x < width; x++)
            (top, bottom) = (top + frame.Y[x], bottom + frame.Y[((height - 1) * width) + x]);
        for (var y = 0; y < height; y++)
            (left, right) = (left + frame.Y[y * width], right + frame.Y[(y * width) + width - 1]);
        return new[] { top / width, bottom / width, left / height, right / height }.Min();
    }
}
