using Kinora.Jobs.Postgres;
using Kinora.Jobs.Tests.Workers;
using Kinora.Jobs.Workers;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresWorkerStoreTests : WorkerStoreConformance
{
    private readonly TestDatabase _database = new();

    private protected override async Task<(IWorkerStore Workers, IJobStore Jobs)> CreateAsync(TimeProvider time)
    {
        var database = await _database.OpenAsync(time);
        return (new PostgresWorkerStore(database), new PostgresJobStore(database));
    }

    private protected override async Task<IWorkerStore> OpenAgainAsync(TimeProvider time) => new PostgresWorkerStore(await _database.OpenAsync(time));

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
