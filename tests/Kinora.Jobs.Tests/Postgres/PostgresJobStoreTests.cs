using Kinora.Jobs.Limits;
using Kinora.Jobs.Postgres;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresJobStoreTests : JobStoreConformance
{
    private readonly TestDatabase _database = new();

    private protected override async Task<IJobStore> CreateStoreAsync(TimeProvider time) => new PostgresJobStore(await _database.OpenAsync(time));

    private protected override async Task<IJobStore> OpenAgainAsync(TimeProvider time) => new PostgresJobStore(await _database.OpenAsync(time));

    private protected override IQueueLimitStore Limits => new PostgresQueueLimitStore(_database.First);

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }
}
