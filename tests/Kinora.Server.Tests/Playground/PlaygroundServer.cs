using Kinora.Jobs;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Webhooks;
using Kinora.Server.Engines;
using Kinora.Server.Engines.Ltx;
using Kinora.Server.Playground;
using Kinora.Server.Tests.Api;
using Kinora.Server.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Tests.Playground;

/// <summary>The API server of the tests with the playground on it.</summary>
internal static class PlaygroundServer
{
    public static Task<ApiServer> StartAsync(JobWorkerOptions? worker = null) => ApiServer.StartAsync(
        map: app => app.MapKinoraPlayground(),
        services: services => services
            .AddSingleton(new JobsOptions { DataDirectory = Path.GetTempPath(), Worker = worker ?? new JobWorkerOptions() })
            .AddSingleton<IJobListing>(provider => new SqliteJobListing(provider.GetRequiredService<SqliteDatabase>()))
            .AddSingleton<IWebhookStore>(provider => ActivatorUtilities.CreateInstance<SqliteWebhookStore>(provider))
            .AddSingleton<IWebhookKeyStore>(provider => ActivatorUtilities.CreateInstance<SqliteWebhookKeyStore>(provider))
            .AddSingleton<WebhookKeyRing>()
            .AddSingleton<PreviewBoard>()
            .AddSingleton(LtxOptions.From(new LtxSettings { Models = Path.Combine(Path.GetTempPath(), "kinora-no-models") }, Path.GetTempPath()))
            .AddKinoraPlayground());
}
