using System.Diagnostics;
using Kinora.Media;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

/// <summary>What an element's video may be, and what each other file is called on the wire.</summary>
public sealed class ElementVideoTests
{
    private static readonly MediaReference Reference = new("https://example.com/child.mp4", ["body", "elements", 0, "video_url"], KlingMedia.ElementVideo);
    private static readonly FrameRate Rate = new(24, 1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_sound_video_is_read_at_the_clips_frame_rate_for_as_long_as_the_clip_needs_it()
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var (frames, violation) = await ReadAsync(workshop, "testsrc=s=720x720:d=3.5:r=30");

        Assert.Null(violation);
        Assert.Equal(48, frames.Count);
        Assert.All(frames, frame => Assert.Equal(frame.Size.Width, frame.Size.Height));
        Assert.False(frames[0].Data.AsSpan().SequenceEqual(frames[^1].Data));
    }

    [Theory]
    [InlineData("testsrc=s=720x720:d=2:r=24", "video_duration_too_short", "min_duration")]
    [InlineData("testsrc=s=720x720:d=11:r=24", "video_duration_too_long", "max_duration")]
    [InlineData("testsrc=s=640x720:d=4:r=24", "image_too_small", "min_width")]
    [InlineData("testsrc=s=2400x720:d=4:r=24", "image_too_large", "max_width")]
    public async Task A_video_outside_the_limits_is_refused_with_the_limit(string source, string type, string limit)
    {
        using var workshop = await ClipWorkshop.OpenAsync();

        var (frames, violation) = await ReadAsync(workshop, source);

        Assert.Empty(frames);
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

        var (frames, violation) = await new ElementVideo(workshop.Ffmpeg).ReadAsync(Reference, path, Rate, Longest, CancellationToken.None);

        Assert.Empty(frames);
        Assert.Equal("unsupported_video_format", violation!.Type);
    }

    private static async Task<(IReadOnlyList<VideoFrame> Frames, Violation? Violation)> ReadAsync(ClipWorkshop workshop, string source)
    {
        var path = workshop.PathOf("child.mp4");
        using var ffmpeg = Process.Start(new ProcessStartInfo(
            workshop.Ffmpeg.FfmpegPath, ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path]))!;
        await ffmpeg.WaitForExitAsync();
        return await new ElementVideo(workshop.Ffmpeg).ReadAsync(Reference, path, Rate, Longest, CancellationToken.None);
    }
}
