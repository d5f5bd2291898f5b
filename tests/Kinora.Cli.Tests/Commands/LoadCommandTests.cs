using Kinora.Cli.Tests.Reliability;
using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests.Commands;

public sealed class LoadCommandTests
{
    [Fact]
    public async Task A_rate_is_kept_and_every_request_is_followed_to_its_end()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "--instant", "--slots", "4");

        var load = await RunAsync(server.Address.ToString(), "--rate", "20", "--duration", "2", "--follow", "60");

        Assert.True(load.ExitCode == 0, load.Output + load.Errors);
        Assert.Contains("submits   40 in 2.0 s (20.0/s): 40 200", load.Output, StringComparison.Ordinal);
        Assert.Contains("requests  40 completed", load.Output, StringComparison.Ordinal);
        Assert.Matches(@"ms: p50 \d+\.\d  p90 \d+\.\d  p99 \d+\.\d", load.Output);
    }

    [Fact]
    public async Task Several_servers_of_one_installation_are_asked_in_turn()
    {
        await using var installation = await TestInstallation.CreateAsync(TestStore.Sqlite);
        var (one, two) = (await installation.StartFrontAsync("--log-requests"), await installation.StartFrontAsync("--log-requests"));

        var load = await RunAsync(one.Address.ToString(), "--server", two.Address.ToString(), "--rate", "20", "--duration", "1");

        Assert.True(load.ExitCode == 0, load.Output + load.Errors);
        Assert.Contains("submits   20 in 1.0 s", load.Output, StringComparison.Ordinal);
        foreach (var front in (ServerProcess[])[one, two])
            Assert.Equal(10, front.Process.Lines.Count(line => line.Contains("POST /queue/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("http://198.51.100.7:7860", "10", "another machine")]
    [InlineData("http://127.0.0.1:7860", "0", "--rate")]
    [InlineData("http://127.0.0.1:7860", "20000", "--rate")]
    public async Task Other_peoples_servers_and_absurd_rates_are_refused(string server, string rate, string told)
    {
        var load = await RunAsync(server, "--rate", rate, "--duration", "1");

        Assert.Equal(1, load.ExitCode);
        Assert.Contains(told, load.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_fails_the_load()
    {
        var load = await RunAsync("http://127.0.0.1:9", "--rate", "5", "--duration", "1");

        Assert.Equal(1, load.ExitCode);
        Assert.Contains("5 no answer", load.Output, StringComparison.Ordinal);
    }

    private static Task<KinoraProcess> RunAsync(string server, params string[] rest) =>
        KinoraProcess.RunAsync(["load", "--server", server, "--image", SamplePhotos.PathOf("astronaut.jpg"), .. rest]);
}
