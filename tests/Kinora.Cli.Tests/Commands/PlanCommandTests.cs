namespace Kinora.Cli.Tests.Commands;

public sealed class PlanCommandTests
{
    [Fact]
    public async Task Plan_shows_the_camera_move_and_the_words_it_comes_from()
    {
        var run = await KinoraProcess.RunAsync("plan", "-i", SamplePhotos.PathOf("dandelion.jpg"), "--prompt", "The camera tilts up. Snow falls.");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("tilt up", run.Output, StringComparison.Ordinal);
        Assert.Contains("snow", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_that_the_endpoint_refuses_has_no_plan()
    {
        var run = await KinoraProcess.RunAsync("plan", "-i", SamplePhotos.PathOf("dandelion.jpg"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("prompt", run.Errors, StringComparison.Ordinal);
    }
}
