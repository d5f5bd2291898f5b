using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Server.Telemetry;

/// <summary>Brings health, metrics, traces and structured logs into a host, which provides the stores and the keys.</summary>
internal static class KinoraTelemetry
{
    /// <summary>Registers what <see cref="MapKinoraTelemetry"/> serves.</summary>
    public static IServiceCollection AddKinoraTelemetry(this IServiceCollection services) => services
        .AddSingleton<ServerMetrics>()
        .AddSingleton<MetricsRecorder>()
        .AddSingleton<Readiness>()
        .AddSingleton<ReadyEndpoint>()
        .AddSingleton<MetricsEndpoint>();

    /// <summary>Sends traces to a collector.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="collector">Its address; null or empty: nothing is sent.</param>
    /// <exception cref="FormatException">It is no http or https URL.</exception>
    public static IServiceCollection AddKinoraTraces(this IServiceCollection services, string? collector)
    {
        if (string.IsNullOrEmpty(collector)) return services;
        return Uri.TryCreate(collector, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? services.AddSingleton<IHostedService>(new TraceExport(url))
            : throw new FormatException($"TracesUrl must be the http(s) address of an OpenTelemetry collector; it is '{collector}'.");
    }

    /// <summary>Answers health and metrics at an address of their own, to everyone who reaches it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="address">An http address; null or empty: nowhere.</param>
    /// <exception cref="FormatException">It is no http URL.</exception>
    public static IServiceCollection AddKinoraHealth(this IServiceCollection services, string? address)
    {
        if (string.IsNullOrEmpty(address)) return services;
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme == "http"
            ? services.AddSingleton(provider => new HealthListener(address, provider)).AddSingleton<IHostedService>(provider => provider.GetRequiredService<HealthListener>())
            : throw new FormatException($"HealthUrl must be an http address such as http://127.0.0.1:9464; it is '{address}'.");
    }

    /// <summary>Writes logs as lines of JSON with scopes (request ids, job ids), where asked for.</summary>
    /// <param name="logging">The host's logging.</param>
    /// <param name="format"><c>text</c> or <c>json</c>.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static ILoggingBuilder UseKinoraLogFormat(this ILoggingBuilder logging, string format) => format switch
    {
        "text" => logging,
        "json" => logging.ClearProviders().AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        }),
        _ => throw new FormatException($"LogFormat must be text or json; it is '{format}'."),
    };

    /// <summary>Maps <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
    public static WebApplication MapKinoraTelemetry(this WebApplication app)
    {
        // Measured from the start on, not from the first scrape.
        _ = app.Services.GetRequiredService<MetricsRecorder>();
        app.Map("/healthz", LiveEndpoint.HandleAsync);
        app.Map("/readyz", app.Services.GetRequiredService<ReadyEndpoint>().HandleAsync);
        app.Map("/metrics", app.Services.GetRequiredService<MetricsEndpoint>().HandleAsync);
        return app;
    }
}
