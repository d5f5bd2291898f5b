using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

/// <summary>What a picture may be, and what each other file is called on the wire.</summary>
public sealed class BadPictureTests
{
    private const string Endpoint = "fal-ai/kling-video/o3/standard/image-to-video";

    public static TheoryData<string, string, string> Refused => new()
    {
        { "a drawing", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"600\"></svg>", "unsupported_image_format" },
        { "text", "this is no picture, whatever its name says", "unsupported_image_format" },
        { "a playlist that names a file of this machine", "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile:///etc/passwd\n", "unsupported_image_format" },
        { "half a JPEG header", "\u00ff\u00d8\u00ff\u00e0", "image_load_error" },
    };

    public static TheoryData<string, string[], string> RefusedByFfmpegRecipe => new()
    {
        { "gif", ["-f", "lavfi", "-i", "testsrc=s=400x400", "-frames:v", "1", "-f", "gif"], "unsupported_image_format" },
        { "299 pixels wide", ["-f", "lavfi", "-i", "testsrc=s=299x400", "-frames:v", "1", "-f", "image2", "-c:v", "png"], "image_too_small" },
        { "three times as wide as high", ["-f", "lavfi", "-i", "testsrc=s=960x320", "-frames:v", "1", "-f", "image2", "-c:v", "png"], "image_aspect_ratio_error" },
        { "a wall", ["-f", "lavfi", "-i", "color=s=16500x8000", "-frames:v", "1", "-f", "image2", "-c:v", "png"], "image_too_large" },
    };

    public static TheoryData<string, string[]> Accepted => new()
    {
        { "16-bit PNG", ["-pix_fmt", "rgb48be", "-c:v", "png"] },
        { "PNG with alpha", ["-pix_fmt", "rgba", "-c:v", "png"] },
        { "gray JPEG", ["-pix_fmt", "gray", "-c:v", "mjpeg"] },
        { "palette PNG", ["-pix_fmt", "pal8", "-c:v", "png"] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_file_that_is_no_picture_is_refused_by_its_content(string what, string content, string type)
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var file = workshop.PathOf("file.jpg");
        await File.WriteAllBytesAsync(file, Encoding.Latin1.GetBytes(content));

        await AssertRefusedAsync(workshop, file, type, what);
    }

    [Theory]
    [MemberData(nameof(RefusedByFfmpegRecipe))]
    public async Task A_picture_outside_the_limits_is_refused_with_the_limit(string what, string[] recipe, string type)
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var file = workshop.PathOf("picture");
        await FfmpegAsync(workshop, [.. recipe, file]);

        await AssertRefusedAsync(workshop, file, type, what);
    }

    [Fact]
    public async Task A_truncated_picture_is_refused_and_not_half_shown()
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var file = workshop.PathOf("half.jpg");
        var whole = await File.ReadAllBytesAsync(SamplePhotos.PathOf("coffee.jpg"));
        await File.WriteAllBytesAsync(file, whole[..(whole.Length / 2)]);

        await AssertRefusedAsync(workshop, file, "image_load_error", "half a JPEG");
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task An_unusual_but_sound_picture_is_animated(string what, string[] codec)
    {
        using var workshop = await ClipWorkshop.OpenAsync();
        var file = workshop.PathOf("picture");
        await FfmpegAsync(workshop, ["-i", SamplePhotos.PathOf("coffee.jpg"), .. codec, "-f", "image2", file]);

        var outcome = await workshop.TryMakeAsync(Endpoint, Input(), file);

        Assert.True(outcome is GenerationOutcome.Made, what);
    }

    private static async Task AssertRefusedAsync(ClipWorkshop workshop, string file, string type, string what)
    {
        var refused = Assert.IsType<GenerationOutcome.Refused>(await workshop.TryMakeAsync(Endpoint, Input(), file));
        var violation = Assert.Single(refused.Violations);
        Assert.True(violation.Type == type, $"{what}: {violation.Type}, {violation.Message}");
        Assert.Equal(["body", "image_url"], violation.Location);
        Assert.DoesNotContain(Path.GetTempPath(), violation.Message, StringComparison.Ordinal);
    }

    private static JsonObject Input() => new() { ["prompt"] = "static", ["duration"] = "3" };

    private static async Task FfmpegAsync(ClipWorkshop workshop, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(workshop.Ffmpeg.FfmpegPath, ["-v", "error", "-y", .. arguments]))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
