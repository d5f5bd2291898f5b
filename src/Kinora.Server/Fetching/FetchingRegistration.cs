using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Fetching;

/// <summary>Registers <see cref="MediaFetcher"/> and what it is made of.</summary>
internal static class FetchingRegistration
{
    /// <summary>
    /// Adds a <see cref="MediaFetcher"/>. Register an <see cref="OwnFiles"/> beside it so that this server's own URLs are read without a round trip.
    /// </summary>
    /// <param name="services">The server's services.</param>
    /// <param name="configure">Sets the options, which are validated when the server starts; null leaves the defaults.</param>
    public static IServiceCollection AddKinoraFetching(this IServiceCollection services, Action<FetchingOptions>? configure = null)
    {
        services.AddOptionsWithValidateOnStart<FetchingOptions, FetchingOptionsValidation>().Configure(options => configure?.Invoke(options));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IHostResolver, SystemHostResolver>();
        services.AddSingleton(CreateDownload);
        services.AddSingleton(provider => new MediaFetcher(
            provider.GetRequiredService<HttpDownload>(), provider.GetService<OwnFiles>(), provider.GetRequiredService<ILogger<MediaFetcher>>()));
        return services;
    }

    private static HttpDownload CreateDownload(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<FetchingOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var policy = new AddressPolicy(new OpenedHosts(options.AllowedPrivateHosts));
        var resolver = provider.GetRequiredService<IHostResolver>();
        return new HttpDownload(options, new PinnedConnector(policy, resolver, PinnedConnector.DialTcpAsync, options.ConnectTimeout, time), time);
    }
}
