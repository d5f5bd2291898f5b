using Kinora.Media.Ffmpeg;

namespace Kinora.Cli.Tests.Commands;

public sealed class GenerateCommandTests
{
    [Fact]
    public async Task Generate_makes_a_clip_without_a_server_and_says_where_it_is()
    {
        using var folder = new TemporaryDirectory();
        var clip = folder.File("out.mp4");

        var run = await KinoraProcess.RunAsync(
            "generate", "--image", SamplePhotos.PathOf("coffee.jpg"), "--prompt", "slowly push in", "--duration", "3", "--audio", "false", "--seed", "5", "-o", clip);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains(clip, run.Output, StringComparison.Ordinal);
        Assert.Contains("seed 5", run.Output, StringComparison.Ordinal);
        var info = await new VideoProbe(await FfmpegInstallation.FindAsync(null, CancellationToken.None)).ProbeAsync(clip, CancellationToken.None);
        Assert.Equal(72, info.FrameCount);
        Assert.Null(info.Audio);
    }

    [Fact]
    public async Task A_storyboard_is_given_shot_by_shot_and_an_end_image_by_option()
    {
        using var folder = new TemporaryDirectory();
        var clip = folder.File("out.mp4");

        var run = await KinoraProcess.RunAsync(
            "generate", "-i", SamplePhotos.PathOf("mountain.jpg"), "--end", SamplePhotos.PathOf("mountain_ahead.jpg"),
            "--shot", "1:wide shot", "--shot", "2:close-up: push in", "--audio", "false", "-o", clip);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.True(File.Exists(clip));
    }

    [Theory]
    [InlineData("prompt", "--duration", "3")]
    [InlineData("duration", "--prompt", "x", "--duration", "2")]
    [InlineData("cfg_scale", "--prompt", "x", "--cfg-scale", "2")]
    public async Task What_the_endpoint_refuses_is_said_with_the_fields_name(string field, params string[] options)
    {
        using var folder = new TemporaryDirectory();

        var run = await KinoraProcess.RunAsync(["generate", "-i", SamplePhotos.PathOf("coffee.jpg"), "-o", folder.File("out.mp4"), .. options]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(field, run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("out.mp4")));
    }

    [Fact]
    public async Task A_missing_picture_is_said_before_anything_starts()
    {
        var run = await KinoraProcess.RunAsync("generate", "-i", "no-such.jpg", "--prompt", "x");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no file", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_takes_no_end_image_says_so()
    {
        var run = await KinoraProcess.RunAsync(
            "generate", "-e", "fal-ai/kling-video/v3/turbo/standard/image-to-video", "-i", SamplePhotos.PathOf("coffee.jpg"), "--end", SamplePhotos.PathOf("coffee.jpg"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("takes no end image", run.Errors, StringComparison.Ordinal);
    }
}
