using System.ComponentModel.DataAnnotations;
using Kinora.Jobs.Keys;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Api;
using Kinora.Server.Documents;
using Kinora.Server.Keys;
using Kinora.Server.Platform;
using Kinora.Server.Playground;
using Kinora.Server.Telemetry;
using Kinora.Server.Tls;
using Kinora.Server.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Server;

/// <summary>A running server. The composition root: what it is made of stands in <see cref="Compose"/>, in order.</summary>
public sealed class KinoraServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KinoraServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, without a trailing slash, for example <c>http://127.0.0.1:7860</c>.</summary>
    public string Address => _app.Urls.First().TrimEnd('/');

    /// <summary>Where it listens on https, without a trailing slash; null if nowhere.</summary>
    public string? HttpsAddress => _app.Urls.FirstOrDefault(TlsListening.IsHttps)?.TrimEnd('/');

    /// <summary>Where it answers <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> besides, without a trailing slash; null if nowhere.</summary>
    public string? HealthAddress => _app.Services.GetService<HealthListener>()?.Address;

    /// <summary>Checks the options and what the server needs, opens the data, and listens.</summary>
    /// <exception cref="ServerStartException">An option is out of range, something is missing, or the address cannot be had.</exception>
    public static async Task<KinoraServer> StartAsync(KinoraServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
            var app = Compose(options, await FfmpegInstallation.FindAsync(directory: null, cancellationToken));
            await RequireKeysBeyondLoopbackAsync(app, options, cancellationToken);
            await WorkComposition.PrepareAsync(app.Services, options, cancellationToken);
            await app.StartAsync(cancellationToken);
            return new KinoraServer(app);
        }
        catch (Exception problem) when (WorkComposition.IsExpected(problem))
        {
            throw new ServerStartException(problem.Message, problem);
        }
    }

    /// <summary>Waits until the process is told to stop (SIGTERM, SIGINT) and everything has been put away.</summary>
    public Task WaitForStopAsync() => _app.WaitForShutdownAsync();

    /// <summary>Stops if it still runs (running jobs go back to the queue after the grace period), then closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Compose(KinoraServerOptions options, FfmpegInstallation ffmpeg)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Kinora.Server.Api", options.LogRequests ? LogLevel.Information : LogLevel.Warning);
        builder.Logging.UseKinoraLogFormat(options.LogFormat);
        var addresses = builder.UseKinoraAddresses(options);
        builder.Services
            .AddKinoraWork(options, ffmpeg, requireKeys: !options.AllowAnonymous && !ListenAddresses.AreLoopback(addresses), isFront: true)
            .AddKinoraWebhooks()
            .AddKinoraDocuments()
            .AddKinoraPlatform()
            .AddKinoraPlayground();
        return builder.Build().MapKinoraApi().MapKinoraDocuments().MapKinoraPlatform().MapKinoraWebhooks().MapKinoraPlayground();
    }

    private static async Task RequireKeysBeyondLoopbackAsync(WebApplication app, KinoraServerOptions options, CancellationToken cancellationToken)
    {
        var hasKeys = await app.Services.GetRequiredService<IApiKeyStore>().AnyExistsAsync(cancellationToken);
        if (ListenAddresses.FindObjection(TlsListening.AddressesOf(options), hasKeys, options.AllowAnonymous) is { } objection)
            throw new ServerStartException(objection);
    }
}
