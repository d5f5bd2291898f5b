using System.Diagnostics;
using Kinora.Media;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

/// <summary>What an element's video may be, and what each other file is called on the wire.</summary>
public sealed class ElementVideoTests
{
    private static readonly MediaReference s_reference = new("https://example.com/child.mp4", ["body", "elements", 0, "video_url"], KlingMedia.ElementVideo);

    [Fact]
    public async Task The_frames_of_a_video_are_read_at_the_clips_rate_as_far_as_it_lasts()
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var (whole, violation) = await ReadAsync(workshop, "testsrc=s=720x720:d=3.5:r=30", seconds: 15);
        var (part, _) = await ReadAsync(workshop, "testsrc=s=720x720:d=3.5:r=30", seconds: 2);

        Assert.Null(violation);
        Assert.Equal((84, 48), (whole.Count, part.Count));
        Assert.NotEqual(whole[0].Data, whole[40].Data);
    }

    [Fact]
    public async Task The_longest_and_largest_video_stays_within_64_megabytes_and_keeps_its_aspect()
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var (frames, violation) = await ReadAsync(workshop, "color=c=red:s=1440x720:d=10:r=12", seconds: 15);

        Assert.Null(violation);
        Assert.Equal(240, frames.Count);
        Assert.InRange(frames.Sum(frame => (long)frame.Data.Length), 48 << 20, 64 << 20);
        Assert.Equal(2.0, (double)frames[0].Size.Width / frames[0].Size.Height, 0.02);
    }

    [Theory]
    [InlineData("testsrc=s=720x720:d=2:r=24", "video_duration_too_short", "min_duration")]
    [InlineData("testsrc=s=720x720:d=11:r=24", "video_duration_too_long", "max_duration")]
    [InlineData("testsrc=s=640x720:d=4:r=24", "image_too_small", "min_width")]
    [InlineData("testsrc=s=2400x720:d=4:r=24", "image_too_large", "max_width")]
    public async Task A_video_outside_the_limits_is_refused_with_the_limit(string source, string type, string limit)
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var (frames, violation) = await ReadAsync(workshop, source, seconds: 5);

        Assert.Empty(frames);
        Assert.Equal(type, violation!.Type);
        Assert.Equal(s_reference.Location, violation.Location);
        Assert.True(violation.Context!.ContainsKey(limit));
    }

    [Fact]
    public async Task A_playlist_named_as_a_video_is_refused_by_its_content()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var path = workshop.PathOf("child.mp4");
        await File.WriteAllTextAsync(path, "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n");

        var (frames, violation) = await ReadFileAsync(workshop, path, seconds: 5);

        Assert.Empty(frames);
        Assert.Equal("unsupported_video_format", violation!.Type);
    }

    private static async Task<(IReadOnlyList<VideoFrame> Frames, Violation? Violation)> ReadAsync(ClipWorkshop workshop, string source, double seconds)
    {
        var path = workshop.PathOf("child.mp4");
        using var ffmpeg = Process.Start(new ProcessStartInfo(
            workshop.Ffmpeg.FfmpegPath, ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path]))!;
        await ffmpeg.WaitForExitAsync();
        return await ReadFileAsync(workshop, path, seconds);
    }

    private static Task<(IReadOnlyList<VideoFrame> Frames, Violation? Violation)> ReadFileAsync(ClipWorkshop workshop, string path, double seconds) =>
        new ElementVideo(workshop.Ffmpeg).ReadAsync(s_reference, path, new FrameRate(24), TimeSpan.FromSeconds(seconds), CancellationToken.None);
}
