using Kinora.Server.Endpoints.Kling;

namespace Kinora.Cli.Tests.Commands;

public sealed class EndpointsCommandTests
{
    [Fact]
    public async Task The_catalogue_shows_every_endpoint_with_its_price()
    {
        var run = await KinoraProcess.RunAsync("endpoints");

        Assert.Equal(0, run.ExitCode);
        foreach (var endpoint in KlingEndpoints.All)
            Assert.Contains(endpoint.Id, run.Output, StringComparison.Ordinal);
        Assert.Contains("$0.084/s without audio, $0.126/s with", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("generate", "--help")]
    [InlineData("serve", "--help")]
    public async Task Help_is_there_for_a_stranger(params string[] arguments)
    {
        var run = await KinoraProcess.RunAsync(arguments);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }
}
