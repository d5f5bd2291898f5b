using Kinora.Server.Fetching;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Webhooks;

/// <summary>Registers the sender of webhooks, its keys and its log.</summary>
internal static class WebhooksRegistration
{
    /// <summary>
    /// Adds the sender. The host provides the stores and <see cref="FetchingOptions"/>: private hosts that are opened for media are opened for webhooks.
    /// </summary>
    public static IServiceCollection AddKinoraWebhooks(this IServiceCollection services, WebhookOptions? options = null)
    {
        services.TryAddSingleton<IHostResolver, SystemHostResolver>();
        return services
            .AddSingleton(options ?? new WebhookOptions())
            .AddSingleton<WebhookKeyRing>()
            .AddSingleton(CreateTransport)
            .AddSingleton<JwksEndpoint>()
            .AddSingleton<DeliveryEndpoints>()
            .AddSingleton<IHostedService, WebhookSender>();
    }

    /// <summary>Maps the published keys and the delivery log.</summary>
    public static WebApplication MapKinoraWebhooks(this WebApplication app)
    {
        var deliveries = app.Services.GetRequiredService<DeliveryEndpoints>();
        app.Map(JwksEndpoint.Path, app.Services.GetRequiredService<JwksEndpoint>().HandleAsync);
        app.Map(DeliveryEndpoints.Prefix, deliveries.ListAsync);
        app.Map(DeliveryEndpoints.Prefix + "/{id}", deliveries.ShowAsync);
        app.Map(DeliveryEndpoints.Prefix + "/{id}/redeliver", deliveries.RedeliverAsync);
        return app;
    }

    private static WebhookTransport CreateTransport(IServiceProvider provider)
    {
        var fetching = provider.GetRequiredService<IOptions<FetchingOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        var policy = new AddressPolicy(new OpenedHosts(fetching.AllowedPrivateHosts));
        var connector = new PinnedConnector(
            policy, provider.GetRequiredService<IHostResolver>(), PinnedConnector.DialTcpAsync, fetching.ConnectTimeout, time);
        return new WebhookTransport(connector, policy, time);
    }
}
