namespace Kinora.Cli.Tests.Commands;

public sealed class DoctorCommandTests
{
    [Fact]
    public async Task Doctor_finds_everything_on_a_machine_that_is_set_up()
    {
        using var data = new TemporaryDirectory();

        var run = await KinoraProcess.RunAsync("doctor", "--data", data.Path);

        Assert.Equal(0, run.ExitCode);
        foreach (var what in (string[])["ffmpeg", "limits on decoding", "database", "free space"])
            Assert.Contains($"ok      {what}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_says_how_to_get_what_is_missing()
    {
        using var data = new TemporaryDirectory();

        var run = await KinoraProcess.RunWithPathAsync(data.Path, "doctor", "--data", data.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("apt-get install ffmpeg", run.Output, StringComparison.Ordinal);
    }
}
