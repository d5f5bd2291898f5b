using System.ComponentModel.DataAnnotations;
using Kinora.Jobs;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Keys;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Api;
using Kinora.Server.Documents;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Engines;
using Kinora.Server.Faults;
using Kinora.Server.Fetching;
using Kinora.Server.Keys;
using Kinora.Server.Platform;
using Kinora.Server.Playground;
using Kinora.Server.Telemetry;
using Kinora.Server.Tls;
using Kinora.Server.Uploads;
using Kinora.Server.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

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

    /// <summary>Checks the options and what the server needs, opens the data, and listens.</summary>
    /// <exception cref="ServerStartException">An option is out of range, something is missing, or the address cannot be had.</exception>
    public static async Task<KinoraServer> StartAsync(KinoraServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
            var app = Compose(options, await FfmpegInstallation.FindAsync(directory: null, cancellationToken));
            await RequireKeysBeyondLoopbackAsync(app, options, cancellationToken);
            await RequireUsableBucketAsync(app, cancellationToken);
            ScratchDirectory.DeleteStale(TimeProvider.System.GetUtcNow() - LongestWork(options));
            await app.StartAsync(cancellationToken);
            return new KinoraServer(app);
        }
        catch (Exception problem) when (problem is ValidationException or OptionsValidationException or FfmpegMissingException or IOException or UnauthorizedAccessException or FormatException or JobStoreException)
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
            .AddSingleton(TimeProvider.System)
            .AddKinoraEndpoints(KlingEndpoints.All)
            .AddKinoraFetching(fetching =>
                (fetching.AllowedPrivateHosts, fetching.HttpsOnly, fetching.AllowedPorts) = (options.AllowedPrivateHosts, options.FetchHttpsOnly, options.FetchPorts))
            .AddKinoraEngines(ffmpeg)
            .AddKinoraFaults(options.Faults, options.Instant)
            .AddKinoraJobs(JobsOf(options), services => services.GetRequiredService<FaultyHandler>().RunAsync)
            .Configure<UploadOptions>(uploads => Configure(uploads, options))
            .AddKinoraTraces(options.TracesUrl)
            .AddKinoraWebhooks()
            .AddKinoraDocuments()
            .AddKinoraPlatform()
            .AddKinoraPlayground()
            .AddKinoraApi(api =>
            {
                api.MaxAttempts = options.MaxAttempts;
                api.MaxQueuedPerKey = options.MaxQueuedPerKey;
                api.MaxRunsPerKey = options.MaxRunsPerKey;
                api.TrustForwardedHeaders = options.TrustForwardedHeaders;
                api.SignedReads = options.S3.SignedReads;
                (api.AllowedOrigins, api.AllowedHosts, api.WebhookIpRanges) = (options.AllowedOrigins, options.AllowedHosts, options.WebhookIpRanges);
                api.RequireKeys = !options.AllowAnonymous && !ListenAddresses.AreLoopback(addresses);
            });
        return builder.Build().MapKinoraApi().MapKinoraDocuments().MapKinoraPlatform().MapKinoraWebhooks().MapKinoraPlayground();
    }

    private static void Configure(UploadOptions uploads, KinoraServerOptions options)
    {
        uploads.StagingDirectory = Path.Combine(options.DataDirectory, "uploads");
        uploads.MaxUploadBytes = (long)(options.MaxUploadMegabytes * 1e6);
        uploads.MaxTotalBytes = (long)(options.MaxUploadsTotalMegabytes * 1e6);
        uploads.FileLifetime = TimeSpan.FromDays(options.RetentionDays);
    }

    /// <summary>No living attempt's files are older than this.</summary>
    private static TimeSpan LongestWork(KinoraServerOptions options) => TimeSpan.FromSeconds(options.RunTimeoutSeconds) + TimeSpan.FromHours(1);

    private static JobsOptions JobsOf(KinoraServerOptions options) => new()
    {
        DataDirectory = options.DataDirectory,
        S3 = options.S3.ToOptions(),
        Retention = new RetentionOptions { Jobs = TimeSpan.FromDays(options.RetentionDays) },
        Worker = new JobWorkerOptions
        {
            Slots = options.Slots,
            Lease = TimeSpan.FromSeconds(options.LeaseSeconds),
            Heartbeat = TimeSpan.FromSeconds(options.LeaseSeconds / 4),
            ShutdownGrace = TimeSpan.FromSeconds(options.GraceSeconds),
            RunTimeout = TimeSpan.FromSeconds(options.RunTimeoutSeconds),
        },
    };

    /// <summary>A wrong name or key is told at once. An outage is not: the server starts, says that it is not ready, and goes on once the storage is back.</summary>
    private static async Task RequireUsableBucketAsync(WebApplication app, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await app.Services.GetRequiredService<IBlobStore>().CheckAsync(patience.Token);
        }
        catch (BlobStoreException fault) when (!fault.CanRetry)
        {
            throw new ServerStartException(fault.Message, fault);
        }
        catch (Exception problem) when (problem is BlobStoreException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            app.Logger.LogWarning(problem, "The storage of files does not answer; this server will be ready when it does.");
        }
    }

    private static async Task RequireKeysBeyondLoopbackAsync(WebApplication app, KinoraServerOptions options, CancellationToken cancellationToken)
    {
        var hasKeys = await app.Services.GetRequiredService<IApiKeyStore>().AnyExistsAsync(cancellationToken);
        if (ListenAddresses.FindObjection(TlsListening.AddressesOf(options), hasKeys, options.AllowAnonymous) is { } objection)
            throw new ServerStartException(objection);
    }
}
