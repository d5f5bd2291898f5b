using Kinora.Jobs.Postgres;
using Kinora.Jobs.Tests.Webhooks;
using Kinora.Jobs.Webhooks;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresWebhookStoreTests : WebhookStoreConformance
{
    private readonly TestDatabase _database = new();

    private protected override async Task<(IJobStore Jobs, IWebhookStore Webhooks, IWebhookKeyStore Keys)> CreateStoresAsync(TimeProvider time)
    {
        var database = await _database.OpenAsync(time);
        return (new PostgresJobStore(database), new PostgresWebhookStore(database), new PostgresWebhookKeyStore(database));
    }

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }
}
