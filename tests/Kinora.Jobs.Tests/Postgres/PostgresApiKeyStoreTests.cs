using Kinora.Jobs.Keys;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Tests.Keys;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresApiKeyStoreTests : ApiKeyStoreConformance, IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private PostgresDatabase? _other;

    private protected override IApiKeyStore Store => new PostgresApiKeyStore(_database.First);

    private protected override IApiKeyStore OpenAgain() => new PostgresApiKeyStore(_other!);

    public async ValueTask InitializeAsync()
    {
        await _database.OpenAsync(Clock);
        _other = await _database.OpenAsync(Clock);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
