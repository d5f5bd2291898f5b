using Kinora.Server.Faults;
using Kinora.Server.Keys;
using Kinora.Server.Limits;
using Kinora.Server.Telemetry;
using Kinora.Server.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Api;

/// <summary>Brings the HTTP interface into a host. The host provides the job store, the blob store, the key store, the endpoint catalogue and the time.</summary>
public static class KinoraApi
{
    /// <summary>Registers the interface. <paramref name="configure"/> changes the defaults; values out of range stop the start.</summary>
    public static IServiceCollection AddKinoraApi(this IServiceCollection services, Action<ApiOptions>? configure = null)
    {
        services.AddOptions<ApiOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidation>();
        services.TryAddSingleton(new FaultOptions(Enabled: false, AllInstant: false));
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);

        // The host's own request log prints query strings, which may carry tokens; RequestShell writes one line per request instead.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        return services.AddEndpoints().AddKinoraUploads().AddKinoraTelemetry();
    }

    /// <summary>
    /// Maps the protocol on every path that nothing else answers, besides <c>/files/</c>, <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c> and <see cref="ApiOptions.ProxyPath"/>. Call it before
    /// other middleware is added.
    /// </summary>
    public static WebApplication MapKinoraApi(this WebApplication app)
    {
        var services = app.Services;
        app.UseMiddleware<RequestShell>();
        app.MapKinoraTelemetry();
        app.Map(FileEndpoint.Prefix + "{**name}", services.GetRequiredService<FileEndpoint>().HandleAsync);
        app.MapMethods(FileEndpoint.Prefix + "{**name}", ["PUT", "POST"], services.GetRequiredService<UploadEndpoint>().HandleAsync);
        app.Map(services.GetRequiredService<IOptions<ApiOptions>>().Value.ProxyPath, services.GetRequiredService<ProxyEndpoint>().HandleAsync);
        app.Map(StandingFaultsEndpoint.Prefix, services.GetRequiredService<StandingFaultsEndpoint>().HandleAllAsync);
        app.Map(StandingFaultsEndpoint.Prefix + "/{owner}", services.GetRequiredService<StandingFaultsEndpoint>().HandleOneAsync);
        app.Map("/{**path}", services.GetRequiredService<ProtocolEndpoint>().HandleAsync);
        return app;
    }

    private static IServiceCollection AddEndpoints(this IServiceCollection services) => services
        .AddSingleton<BrowserSessions>()
        .AddSingleton<ApiKeyAuthenticator>()
        .AddSingleton<CorsPolicy>()
        .AddSingleton<StreamSlots>()
        .AddSingleton<RunSlots>()
        .AddSingleton<PriceEstimate>()
        .AddSingleton<StandingFaults>()
        .AddSingleton<StandingFaultsEndpoint>()
        .AddSingleton<FaultGate>()
        .AddSingleton<RequestLookup>()
        .AddSingleton<JobIntake>()
        .AddSingleton<SubmitEndpoint>()
        .AddSingleton<RunEndpoint>()
        .AddSingleton<StatusEndpoint>()
        .AddSingleton<StatusStreamEndpoint>()
        .AddSingleton<ResultEndpoint>()
        .AddSingleton<CancelEndpoint>()
        .AddSingleton<FileEndpoint>()
        .AddSingleton<ProtocolDispatcher>()
        .AddSingleton<ProtocolEndpoint>()
        .AddSingleton<ProxyEndpoint>();
}
