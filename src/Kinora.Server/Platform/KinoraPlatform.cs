using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Platform;

/// <summary>Brings the platform API into a host that has the API and the documents.</summary>
public static class KinoraPlatform
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddKinoraPlatform(this IServiceCollection services) => services
        .AddSingleton<ModelsEndpoint>()
        .AddSingleton<PricingEndpoint>()
        .AddSingleton<UsageEndpoint>()
        .AddSingleton<AnalyticsEndpoint>()
        .AddSingleton<BillingEventsEndpoint>()
        .AddSingleton<RequestsEndpoint>()
        .AddSingleton<KeysEndpoint>()
        .AddSingleton<PlatformRoutes>()
        .AddSingleton<PlatformEndpoint>();

    /// <summary>Maps <c>/v1/…</c>, on every host name: the hosted service has it on <c>api.fal.ai</c>.</summary>
    public static WebApplication MapKinoraPlatform(this WebApplication app)
    {
        app.Map(PlatformEndpoint.Prefix + "{**path}", app.Services.GetRequiredService<PlatformEndpoint>().HandleAsync);
        return app;
    }
}
