using Kinora.Jobs.Keys;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Tests.Keys;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresSessionStoreTests : SessionStoreConformance, IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private protected override ISessionStore Store => new PostgresSessionStore(_database.First);

    public async ValueTask InitializeAsync() => await _database.OpenAsync(Clock);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
