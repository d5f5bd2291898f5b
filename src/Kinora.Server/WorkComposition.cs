using System.ComponentModel.DataAnnotations;
using Kinora.Jobs;
using Kinora.Jobs.Blobs;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Api;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Engines;
using Kinora.Server.Engines.Ltx;
using Kinora.Server.Faults;
using Kinora.Server.Fetching;
using Kinora.Server.Telemetry;
using Kinora.Server.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinora.Server;

/// <summary>What fronts and workers have in common: everything that stores, runs and reads requests.</summary>
internal static class WorkComposition
{
    /// <summary>Adds it. Whether anything runs here, and what, is for <see cref="KinoraServerOptions.Slots"/> and <see cref="KinoraServerOptions.Engines"/> to say.</summary>
    internal static IServiceCollection AddKinoraWork(this IServiceCollection services, KinoraServerOptions options, FfmpegInstallation ffmpeg, bool requireKeys, bool isFront) => services
        .AddSingleton(TimeProvider.System)
        .AddKinoraEndpoints(KlingEndpoints.All)
        .AddKinoraFetching(fetching =>
            (fetching.AllowedPrivateHosts, fetching.HttpsOnly, fetching.AllowedPorts) = (options.AllowedPrivateHosts, options.FetchHttpsOnly, options.FetchPorts))
        .AddKinoraEngines(ffmpeg, LtxOf(options))
        .AddKinoraFaults(options.Faults, options.Instant)
        .AddKinoraJobs(JobsOf(options, isFront), provider => provider.GetRequiredService<FaultyHandler>().RunAsync)
        .Configure<UploadOptions>(uploads => Configure(uploads, options))
        .AddKinoraTraces(options.TracesUrl)
        .AddKinoraHealth(options.HealthUrl)
        .AddKinoraApi(api =>
        {
            (api.Engine, api.EndpointEngines) = (options.Engine, options.EndpointEngines);
            api.MaxAttempts = options.MaxAttempts;
            api.MaxQueuedPerKey = options.MaxQueuedPerKey;
            api.MaxRunsPerKey = options.MaxRunsPerKey;
            api.TrustForwardedHeaders = options.TrustForwardedHeaders;
            api.SignedReads = options.S3.SignedReads;
            (api.AllowedOrigins, api.AllowedHosts, api.WebhookIpRanges) = (options.AllowedOrigins, options.AllowedHosts, options.WebhookIpRanges);
            api.RequireKeys = requireKeys;
        });

    /// <summary>Opens the data, looks at the storage, and puts away what a killed predecessor left.</summary>
    internal static async Task PrepareAsync(IServiceProvider services, KinoraServerOptions options, CancellationToken cancellationToken)
    {
        RequireEndpoints(services.GetRequiredService<EndpointCatalog>(), options);
        RequireEngines(services.GetRequiredService<EngineRoster>().Names, options);
        _ = services.GetRequiredService<IJobStore>();
        await RequireUsableBucketAsync(services, cancellationToken);
        ScratchDirectory.DeleteStale(TimeProvider.System.GetUtcNow() - LongestWork(options));
    }

    /// <summary>Whether a problem at the start is the operator's to mend, so that its message is enough.</summary>
    internal static bool IsExpected(Exception problem) =>
        problem is ValidationException or OptionsValidationException or FfmpegMissingException or IOException or UnauthorizedAccessException or FormatException or JobStoreException;

    private static LtxOptions LtxOf(KinoraServerOptions options) => LtxOptions.From(options.Ltx, options.DataDirectory);

    private static void RequireEndpoints(EndpointCatalog catalog, KinoraServerOptions options)
    {
        if (options.EndpointEngines.Keys.FirstOrDefault(id => !catalog.TryFind(id, out _)) is { } unknown)
            throw new ServerStartException($"EndpointEngines names the endpoint {unknown}, which there is not; `kinora endpoints` lists them.");
    }

    /// <summary>
    /// A process must have the engines it is told to run. One that runs all it has must have those that its own requests need, or they would wait for ever; a front
    /// whose workers are elsewhere has no slots.
    /// </summary>
    private static void RequireEngines(IReadOnlyList<string> here, KinoraServerOptions options)
    {
        IEnumerable<string> needed = options.Engines.Count > 0 ? options.Engines : options.Slots > 0 ? [options.Engine, .. options.EndpointEngines.Values] : [];
        if (needed.FirstOrDefault(name => !here.Contains(name)) is not { } missing)
            return;
        var why = missing == LtxEngine.EngineName ? " " + EnginesRegistration.FindMissing(LtxOf(options)) : "";
        var elsewhere = options.Engines.Count > 0 ? "" : " If other processes run these requests, start this one with --slots 0.";
        throw new ServerStartException($"There is no engine {missing} here; this process has {string.Join(", ", here)}.{why}{elsewhere}");
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

    private static JobsOptions JobsOf(KinoraServerOptions options, bool isFront) => new()
    {
        DataDirectory = options.DataDirectory,
        Database = options.Database,
        StartPaused = options.Paused,
        S3 = options.S3.ToOptions(),
        CollectOrphans = isFront,
        Retention = new RetentionOptions { Jobs = TimeSpan.FromDays(options.RetentionDays) },
        Worker = new JobWorkerOptions
        {
            Slots = options.Slots,
            Engines = options.Engines.Count > 0 ? [.. options.Engines] : EnginesRegistration.NamesIn(LtxOf(options)),
            Lease = TimeSpan.FromSeconds(options.LeaseSeconds),
            Heartbeat = TimeSpan.FromSeconds(options.LeaseSeconds / 4),
            ShutdownGrace = TimeSpan.FromSeconds(options.GraceSeconds),
            RunTimeout = TimeSpan.FromSeconds(options.RunTimeoutSeconds),
        },
    };

    /// <summary>A wrong name or key is told at once. An outage is not: the process starts, says that it is not ready, and goes on once the storage is back.</summary>
    private static async Task RequireUsableBucketAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await services.GetRequiredService<IBlobStore>().CheckAsync(patience.Token);
        }
        catch (BlobStoreException fault) when (!fault.CanRetry)
        {
            throw new ServerStartException(fault.Message, fault);
        }
        catch (Exception problem) when (problem is BlobStoreException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            services.GetRequiredService<ILogger<KinoraServer>>().LogWarning(problem, "The storage of files does not answer; this process will be ready when it does.");
        }
    }
}
