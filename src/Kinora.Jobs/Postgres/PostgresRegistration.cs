using Kinora.Jobs.Files;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Upkeep;
using Kinora.Jobs.Usage;
using Kinora.Jobs.Webhooks;
using Kinora.Jobs.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Jobs.Postgres;

/// <summary>Registers the stores on PostgreSQL.</summary>
internal static class PostgresRegistration
{
    /// <summary>Adds every store, on the database at <paramref name="url"/>.</summary>
    internal static void AddPostgresStores(this IServiceCollection services, string url)
    {
        services.AddSingleton(_ => PostgresDatabase.Open(url));
        services.AddSingleton<IJobStore>(provider => new PostgresJobStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IApiKeyStore>(provider => new PostgresApiKeyStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IFileStore>(provider => new PostgresFileStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IUploadStore>(provider => new PostgresUploadStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IUsageStore>(provider => new PostgresUsageStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IJobListing>(provider => new PostgresJobListing(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<ISessionStore>(provider => new PostgresSessionStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IBudgetStore>(provider => new PostgresBudgetStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IQueueLimitStore>(provider => new PostgresQueueLimitStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IUpkeepStore>(provider => new PostgresUpkeepStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IWorkerStore>(provider => new PostgresWorkerStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IWebhookStore>(provider => new PostgresWebhookStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IWebhookKeyStore>(provider => new PostgresWebhookKeyStore(provider.GetRequiredService<PostgresDatabase>()));
    }
}
