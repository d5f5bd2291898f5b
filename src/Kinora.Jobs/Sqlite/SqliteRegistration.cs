using Kinora.Jobs.Files;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Upkeep;
using Kinora.Jobs.Usage;
using Kinora.Jobs.Webhooks;
using Kinora.Jobs.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Sqlite;

/// <summary>Registers the stores on SQLite.</summary>
internal static class SqliteRegistration
{
    /// <summary>Adds every store, on the file at <paramref name="path"/>.</summary>
    internal static void AddSqliteStores(this IServiceCollection services, string path)
    {
        services.AddSingleton(_ => SqliteDatabase.Open(path));
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
        services.AddSingleton<IQueueLimitStore>(provider => new SqliteQueueLimitStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IUpkeepStore>(provider =>
            new SqliteUpkeepStore(provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWorkerStore>(provider =>
            new SqliteWorkerStore(provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWebhookStore>(provider =>
            new SqliteWebhookStore(provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWebhookKeyStore>(provider => new SqliteWebhookKeyStore(provider.GetRequiredService<SqliteDatabase>()));
    }

    /// <summary>Adds the sign of life that lets a restarted process begin at once.</summary>
    internal static void AddSqlitePresence(this IServiceCollection services, string path)
    {
        // Before the worker: it must have looked for left-over leases before this process makes its own.
        services.AddSingleton<IHostedService>(provider => new ProcessPresence(
            provider.GetRequiredService<SqliteJobStore>(), path + ".workers", provider.GetRequiredService<ILogger<ProcessPresence>>()));
    }
}
