using Kinora.Media;
using Kinora.Server.Fetching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Tests.Fetching;

public sealed class FetchingRegistrationTests
{
    [Fact]
    public async Task The_registered_fetcher_opens_what_the_options_say()
    {
        await using var server = RawHttpServer.Serving([1, 2, 3]);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddKinoraFetching(options => options.AllowedPrivateHosts = ["localhost"])
            .BuildServiceProvider();
        using var scratch = ScratchDirectory.Create();
        var fetcher = services.GetRequiredService<MediaFetcher>();
        var byName = await fetcher.FetchAsync(FetchingHouse.Reference(server.Url(host: "localhost")), scratch, TestContext.Current.CancellationToken);
        var byAddress = await fetcher.FetchAsync(FetchingHouse.Reference(server.Url()), scratch, TestContext.Current.CancellationToken);
        Assert.IsType<FetchOutcome.Fetched>(byName);
        Assert.IsType<FetchOutcome.Refused>(byAddress);
    }

    [Fact]
    public async Task Wrong_options_stop_the_server_before_it_starts()
    {
        await using var services = new ServiceCollection().AddKinoraFetching(options => options.MaxConcurrentFetches = 0).BuildServiceProvider();
        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("MaxConcurrentFetches", failure.Message, StringComparison.Ordinal);
    }
}
