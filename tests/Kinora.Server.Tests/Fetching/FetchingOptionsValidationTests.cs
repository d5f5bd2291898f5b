using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Fetching;

public sealed class FetchingOptionsValidationTests
{
    public static readonly TheoryData<string, Action<FetchingOptions>> Mistakes = new()
    {
        { "AllowedPrivateHosts: 'http://nas' is no CIDR range", options => options.AllowedPrivateHosts = ["nas.lan", "http://nas"] },
        { "AllowedPrivateHosts: '10.0.0.1/8' is no CIDR range", options => options.AllowedPrivateHosts = ["10.0.0.1/8"] },
        { "AllowedPrivateHosts: '*.lan' is no host name", options => options.AllowedPrivateHosts = ["*.lan"] },
        { "AllowedPrivateHosts: 'nas:9000' is no host name", options => options.AllowedPrivateHosts = ["nas:9000"] },
        { "AllowedPrivateHosts: '' is empty", options => options.AllowedPrivateHosts = [""] },
        { "AllowedPorts: 0 is not between", options => options.AllowedPorts = [443, 0] },
        { "AllowedPorts: 65536 is not between", options => options.AllowedPorts = [65536] },
        { "ConnectTimeout: 00:00:00 is not between", options => options.ConnectTimeout = TimeSpan.Zero },
        { "FirstByteTimeout: 00:02:01 is not between", options => options.FirstByteTimeout = TimeSpan.FromSeconds(121) },
        { "MinimumRateWindow: 00:01:01 is not between", options => options.MinimumRateWindow = TimeSpan.FromSeconds(61) },
        { "MinimumBytesPerSecond: -1 is not between", options => options.MinimumBytesPerSecond = -1 },
        { "MaxConcurrentFetches: 0 is not between", options => options.MaxConcurrentFetches = 0 },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_in_the_options_is_named(string expected, Action<FetchingOptions> mistake)
    {
        var options = new FetchingOptions();
        mistake(options);
        var result = new FetchingOptionsValidation().Validate(null, options);
        Assert.Contains(expected, Assert.Single(result.Failures ?? []), StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_valid() => Assert.True(new FetchingOptionsValidation().Validate(null, new FetchingOptions()).Succeeded);
}
