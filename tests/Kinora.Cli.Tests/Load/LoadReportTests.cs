using Kinora.Cli.Load;

namespace Kinora.Cli.Tests.Load;

public sealed class LoadReportTests
{
    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(0.999, 100)]
    [InlineData(1, 100)]
    [InlineData(0, 1)]
    public void A_percentile_is_the_smallest_value_with_that_share_at_or_below_it(double share, int milliseconds)
    {
        TimeSpan[] hundred = [.. Enumerable.Range(1, 100).Select(i => TimeSpan.FromMilliseconds(i))];
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), LoadReport.PercentileOf(hundred, share));
    }

    [Fact]
    public void A_load_that_measured_nothing_says_so() =>
        Assert.Contains("nothing was measured", string.Join('\n', new LoadReport().Describe(TimeSpan.FromSeconds(1))), StringComparison.Ordinal);
}
