namespace Kinora.Cli.Tests.Commands;

public sealed class SelfTestCommandTests
{
    [Fact]
    public async Task Every_tensor_operation_is_right_on_this_processor()
    {
        var run = await KinoraProcess.RunAsync("selftest");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("Attention", run.Output, StringComparison.Ordinal);
    }
}
