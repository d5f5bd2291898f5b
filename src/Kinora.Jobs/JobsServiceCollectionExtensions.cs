using System.ComponentModel.DataAnnotations;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Blobs.Local;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Sqlite;
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
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddStores(options);
        services.AddLoops(options);
        if (options.Worker.Slots > 0)
            services.AddWorker(options, createHandler);
        return services;
    }

    private static void AddStores(this IServiceCollection services, JobsOptions options)
    {
        if (options.Database is null)
            services.AddSqliteStores(options.DatabasePath);
        else
            services.AddPostgresStores(options.Database);
        services.AddSingleton(provider => new LocalBlobStore(options.BlobDirectory, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IBlobStore>(provider => provider.GetRequiredService<LocalBlobStore>());
    }

    private static void AddLoops(this IServiceCollection services, JobsOptions options)
    {
        var reapInterval = options.ReapInterval ?? TimeSpan.FromSeconds(options.Database is null ? 1 : 4);
        if (options.StartPaused)
            services.AddSingleton<IHostedService>(provider => new PauseAtStart(provider.GetRequiredService<IQueueLimitStore>(), provider.GetRequiredService<ILogger<PauseAtStart>>()));
        services.AddSingleton<IHostedService>(provider => new LeaseReaper(
            provider.GetRequiredService<IJobStore>(), reapInterval, provider.GetRequiredService<ILogger<LeaseReaper>>()));
        services.AddSingleton<IHostedService>(provider => new RetentionSweeper(
            provider.GetRequiredService<IJobStore>(), provider.GetRequiredService<IBlobStore>(), options.Retention, options.SweepInterval,
            provider.GetRequiredService<ILogger<RetentionSweeper>>()));
        services.AddSingleton<IHostedService>(provider => new TemporaryFileSweeper(
            provider.GetRequiredService<LocalBlobStore>(), provider.GetRequiredService<ILogger<TemporaryFileSweeper>>()));
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
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<JobWorker>());
    }
}
