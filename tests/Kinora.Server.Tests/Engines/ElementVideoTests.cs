using System.Diagnostics;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

/// <summary>What an element's video may be, and what each other file is called on the wire.</summary>
public sealed class ElementVideoTests
{
    private static readonly MediaReference Reference = new("https://example.com/child.mp4", ["body", "elements", 0, "video_url"], KlingMedia.ElementVideo);

    [Fact]
    public async Task The_first_frame_of_a_sound_video_stands_for_the_element()
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var (image, violation) = await ReadAsync(workshop, "testsrc=s=720x720:d=3.5:r=24");

        Assert.Null(violation);
        Assert.Equal((720, 720, 3), (image!.Width, image.Height, image.Channels));
    }

    [Theory]
    [InlineData("testsrc=s=720x720:d=2:r=24", "video_duration_too_short", "min_duration")]
    [InlineData("testsrc=s=720x720:d=11:r=24", "video_duration_too_long", "max_duration")]
    [InlineData("testsrc=s=640x720:d=4:r=24", "image_too_small", "min_width")]
    [InlineData("testsrc=s=2400x720:d=4:r=24", "image_too_large", "max_width")]
    public async Task A_video_outside_the_limits_is_refused_with_the_limit(string source, string type, string limit)
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var (image, violation) = await ReadAsync(workshop, source);

        Assert.Null(image);
        Assert.Equal(type, violation!.Type);
        Assert.Equal(Reference.Location, violation.Location);
        Assert.True(violation.Context!.ContainsKey(limit));
    }

    [Fact]
    public async Task A_playlist_named_as_a_video_is_refused_by_its_content()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var path = workshop.PathOf("child.mp4");
        await File.WriteAllTextAsync(path, "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n");

        var (image, violation) = await new ElementVideo(workshop.Ffmpeg).ReadAsync(Reference, path, CancellationToken.None);

        Assert.Null(image);
        Assert.Equal("unsupported_video_format", violation!.Type);
    }

    private static async Task<(Kinora.Media.Image? Image, Violation? Violation)> ReadAsync(ClipWorkshop workshop, string source)
    {
        var path = workshop.PathOf("child.mp4");
        using var ffmpeg = Process.Start(new ProcessStartInfo(
            workshop.Ffmpeg.FfmpegPath, ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path]))!;
        await ffmpeg.WaitForExitAsync();
        return await new ElementVideo(workshop.Ffmpeg).ReadAsync(Reference, path, CancellationToken.None);
    }
}
