using System.ComponentModel.DataAnnotations;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Blobs.Local;
using Kinora.Jobs.Blobs.S3;
using Kinora.Jobs.Files;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Usage;
using Kinora.Jobs.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

/// <summary>Registers the queue.</summary>
public static class JobsServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IJobStore"/>, <see cref="IApiKeyStore"/> and <see cref="IBlobStore"/> on SQLite and a local directory, a <see cref="JobWorker"/>
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
        services.AddSingleton(_ => SqliteDatabase.Open(options.DatabasePath));
        services.AddSingleton(provider => new SqliteJobStore(provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IJobStore>(provider => provider.GetRequiredService<SqliteJobStore>());
        services.AddSingleton<IApiKeyStore>(provider =>
            new SqliteApiKeyStore(provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IFileStore>(provider => new SqliteFileStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IUploadStore>(provider => new SqliteUploadStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IUsageStore>(provider => new SqliteUsageStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IJobListing>(provider => new SqliteJobListing(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<ISessionStore>(provider =>
            new SqliteSessionStore(provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IBudgetStore>(provider => new SqliteBudgetStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IWebhookStore>(provider =>
            new SqliteWebhookStore(provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWebhookKeyStore>(provider => new SqliteWebhookKeyStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IBlobStore>(provider => options.S3 is { } s3
            ? new S3BlobStore(s3, provider.GetRequiredService<TimeProvider>())
            : new LocalBlobStore(options.BlobDirectory));
    }

    private static void AddLoops(this IServiceCollection services, JobsOptions options)
    {
        services.AddSingleton<IHostedService>(provider => new LeaseReaper(
            provider.GetRequiredService<IJobStore>(), options.ReapInterval, provider.GetRequiredService<ILogger<LeaseReaper>>()));
        services.AddSingleton<IHostedService>(provider => new RetentionSweeper(
            provider.GetRequiredService<IJobStore>(), provider.GetRequiredService<IBlobStore>(), options.Retention, options.SweepInterval,
            provider.GetRequiredService<ILogger<RetentionSweeper>>()));
        services.AddSingleton<IHostedService>(provider => new OrphanSweeper(
            provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<IFileStore>(), options.OrphanAge, options.OrphanInterval,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OrphanSweeper>>()));
    }

    private static void AddWorker(this IServiceCollection services, JobsOptions options, Func<IServiceProvider, JobHandler> createHandler)
    {
        services.Configure<HostOptions>(host =>
        {
            var needed = options.Worker.ShutdownGrace + TimeSpan.FromSeconds(10);
            host.ShutdownTimeout = host.ShutdownTimeout > needed ? host.ShutdownTimeout : needed;
        });
        services.AddSingleton<JobMetrics>();
        // Before the worker: it must have looked for left-over leases before this process makes its own.
        services.AddSingleton<IHostedService>(provider => new WorkerPresence(
            provider.GetRequiredService<SqliteJobStore>(), options.DatabasePath + ".workers", provider.GetRequiredService<ILogger<WorkerPresence>>()));
        services.AddSingleton(provider => new JobWorker(
            provider.GetRequiredService<IJobStore>(), provider.GetRequiredService<IBlobStore>(), createHandler(provider), options.Worker,
            provider.GetRequiredService<JobMetrics>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<JobWorker>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<JobWorker>());
    }
}
