namespace Kinora.Cli.Tests.Commands;

public sealed class SubmitCommandTests
{
    [Fact]
    public async Task Submit_shows_the_progress_and_leaves_the_clip()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        var clip = data.File("clips/out.mp4");

        var run = await KinoraProcess.RunAsync(
            "submit", "--server", server.Address.ToString(), "-i", SamplePhotos.PathOf("coffee.jpg"), "--prompt", "slowly push in", "--duration", "3", "-o", clip);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("rendering", run.Output, StringComparison.Ordinal);
        Assert.True(new FileInfo(clip).Length > 10_000);
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_with_the_fields_name()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);

        var run = await KinoraProcess.RunAsync("submit", "--server", server.Address.ToString(), "-i", SamplePhotos.PathOf("coffee.jpg"), "--prompt", "x", "--duration", "99");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("duration", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said()
    {
        var run = await KinoraProcess.RunAsync("submit", "--server", "http://127.0.0.1:1", "-i", SamplePhotos.PathOf("coffee.jpg"), "--prompt", "x");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("127.0.0.1:1", run.Errors, StringComparison.Ordinal);
    }
}
