namespace Kinora.Cli.Tests.Commands;

/// <summary>A server that cannot start says why and what to do, and exits with 1.</summary>
public sealed class ServeCommandTests
{
    [Theory]
    [InlineData("API key", "--url", "http://0.0.0.0:0")]
    [InlineData("Slots", "--slots", "65")]
    [InlineData("LeaseSeconds", "--lease", "0")]
    [InlineData("http://", "--url", "nonsense")]
    [InlineData("AllowedPrivateHosts", "--allow-private-host", "no such/host")]
    public async Task A_start_that_cannot_be_is_refused_with_its_reason(string reason, params string[] options)
    {
        using var data = new TemporaryDirectory();

        var run = await KinoraProcess.RunAsync(["serve", "--data", data.Path, .. options]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FetchPorts", "AllowedPorts", "[0]")]
    [InlineData("WebhookIpRanges", "WebhookIpRanges", """["203.0.113.0/33"]""")]
    [InlineData("AllowedOrigins", "AllowedOrigins", """["https://app.example.org/path"]""")]
    public async Task A_list_with_something_else_in_it_is_refused(string setting, string named, string value)
    {
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(data.File("kinora.json"), $$"""{ "{{setting}}": {{value}} }""");

        var run = await KinoraProcess.RunAsync("serve", "--data", data.Path, "--url", "http://127.0.0.1:0", "--config", data.File("kinora.json"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_ffmpeg_the_start_is_refused_with_the_way_to_get_it()
    {
        using var data = new TemporaryDirectory();

        var run = await KinoraProcess.RunWithPathAsync(data.Path, "serve", "--data", data.Path, "--url", "http://127.0.0.1:0");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("apt-get install ffmpeg", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var data = new TemporaryDirectory();
        await using var first = await ServerProcess.StartAsync(data.Path);
        using var other = new TemporaryDirectory();

        var run = await KinoraProcess.RunAsync("serve", "--data", other.Path, "--url", first.Address.ToString());

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(first.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_the_file_then_the_environment_then_the_command_line()
    {
        using var data = new TemporaryDirectory();
        var config = data.File("kinora.json");
        await File.WriteAllTextAsync(config, """{ "Slots": 65 }""");

        var refused = await KinoraProcess.RunAsync("serve", "--data", data.Path, "--url", "http://127.0.0.1:0", "--config", config);
        await using var started = await ServerProcess.StartAsync(data.Path, "--config", config, "--slots", "2");

        Assert.Contains("Slots", refused.Errors, StringComparison.Ordinal);
        Assert.True((await started.Http.GetAsync("/healthz")).IsSuccessStatusCode);
    }
}
