using Kinora.Jobs.Limits;
using Kinora.Jobs.Sqlite;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteJobStoreTests : JobStoreConformance
{
    private readonly ScratchFolder _folder = new();
    private readonly List<SqliteDatabase> _databases = [];

    private protected override Task<IJobStore> CreateStoreAsync(TimeProvider time) => OpenAgainAsync(time);

    private protected override Task<IJobStore> OpenAgainAsync(TimeProvider time)
    {
        var database = SqliteDatabase.Open(_folder.File("kinora.db"));
        _databases.Add(database);
        return Task.FromResult<IJobStore>(new SqliteJobStore(database, time));
    }

    private protected override IQueueLimitStore Limits => new SqliteQueueLimitStore(_databases[0]);

    public override async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
            await database.DisposeAsync();
        _folder.Dispose();
        await base.DisposeAsync();
    }
}
