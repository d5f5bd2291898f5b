using Kinora.Jobs.Postgres;
using Kinora.Jobs.Tests.Usage;
using Kinora.Jobs.Usage;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresUsageStoreTests : UsageStoreConformance, IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private PostgresJobStore? _jobs;

    private protected override IJobStore Jobs => _jobs!;

    private protected override IUsageStore Store => new PostgresUsageStore(_database.First);

    public async ValueTask InitializeAsync() => _jobs = new PostgresJobStore(await _database.OpenAsync(Clock));

    public async ValueTask DisposeAsync()
    {
        _jobs?.Dispose();
        await _database.DisposeAsync();
    }
}
