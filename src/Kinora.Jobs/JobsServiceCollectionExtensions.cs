using System.ComponentModel.DataAnnotations;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Blobs.Local;
using Kinora.Jobs.Blobs.S3;
using Kinora.Jobs.Files;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

/// <summary>Registers the queue.</summary>
public static class JobsServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IJobStore"/> and the other stores on SQLite or PostgreSQL, <see cref="IBlobStore"/> on a local directory, a <see cref="JobWorker"/>
    /// (if it has slots) with the handler that <paramref name="createHandler"/> makes, and the loops that reap leases and enforce retention.
    /// The host's shutdown time-out is raised where it is too short for the worker's grace.
    /// </summary>
    /// <exception cref="ValidationException">An option is out of its bounds.</exception>
    public static IServiceCollection AddKinoraJobs(this IServiceCollection services, JobsOptions options, Func<IServiceProvider, JobHandler> createHandler)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        services.AddSingleton(options);
        services.AddKinoraStores(options);
        services.AddLoops(options);
        if (options.Worker.Slots > 0)
            services.AddWorker(options, createHandler);
        return services;
    }

    /// <summary>Registers the stores alone, for programs that look into them. Nothing is opened before the first store is asked for.</summary>
    public static IServiceCollection AddKinoraStores(this IServiceCollection services, JobsOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        if (options.Database is null)
            services.AddSqliteStores(options.DatabasePath);
        else
            services.AddPostgresStores(options.Database);
        services.AddSingleton<IBlobStore>(provider => options.S3 is { } s3
            ? new S3BlobStore(s3, provider.GetRequiredService<TimeProvider>())
            : new LocalBlobStore(options.BlobDirectory));
        return services;
    }

    private static void AddLoops(this IServiceCollection services, JobsOptions options)
    {
        var reapInterval = options.ReapInterval ?? TimeSpan.FromSeconds(options.Database is null ? 1 : 4);
        if (options.Database is null)
            services.AddSqlitePresence(options.DatabasePath);
        if (options.StartPaused)
            services.AddSingleton<IHostedService>(provider => new PauseAtStart(provider.GetRequiredService<IQueueLimitStore>(), provider.GetRequiredService<ILogger<PauseAtStart>>()));
        services.AddSingleton<IHostedService>(provider => new LeaseReaper(
            provider.GetRequiredService<IJobStore>(), reapInterval, provider.GetRequiredService<ILogger<LeaseReaper>>()));
        services.AddSingleton<IHostedService>(provider => new RetentionSweeper(
            provider.GetRequiredService<IJobStore>(), provider.GetRequiredService<IBlobStore>(), options.Retention, options.SweepInterval,
            provider.GetRequiredService<ILogger<RetentionSweeper>>()));
        if (options.CollectOrphans)
        {
            services.AddSingleton<IHostedService>(provider => new OrphanSweeper(
                provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<IFileStore>(), options.OrphanAge, options.OrphanInterval,
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OrphanSweeper>>()));
        }
    }

    private static void AddWorker(this IServiceCollection services, JobsOptions options, Func<IServiceProvider, JobHandler> createHandler)
    {
        services.Configure<HostOptions>(host =>
        {
            var needed = options.Worker.ShutdownGrace + TimeSpan.FromSeconds(10);
            host.ShutdownTimeout = host.ShutdownTimeout > needed ? host.ShutdownTimeout : needed;
        });
        services.AddSingleton<JobMetrics>();
        services.AddSingleton(provider => new JobWorker(
            provider.GetRequiredService<IJobStore>(), provider.GetRequiredService<IBlobStore>(), createHandler(provider), options.Worker,
            provider.GetRequiredService<JobMetrics>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<JobWorker>>()));

        // Before the worker, so that it stops after it: a worker that finishes its last jobs is still known.
        services.AddSingleton<IHostedService>(provider => new WorkerRegistrar(
            provider.GetRequiredService<IWorkerStore>(), provider.GetRequiredService<JobWorker>(), WorkerDescription.Of(options.Worker),
            provider.GetRequiredService<ILogger<WorkerRegistrar>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<JobWorker>());
    }
}
