using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Workers;
using Kinora.Jobs.Workers;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteWorkerStoreTests : WorkerStoreConformance
{
    private readonly ScratchFolder _folder = new();
    private readonly List<SqliteDatabase> _databases = [];

    private protected override Task<(IWorkerStore Workers, IJobStore Jobs)> CreateAsync(TimeProvider time)
    {
        var database = Open();
        return Task.FromResult<(IWorkerStore, IJobStore)>((new SqliteWorkerStore(database, time), new SqliteJobStore(database, time)));
    }

    private protected override Task<IWorkerStore> OpenAgainAsync(TimeProvider time) => Task.FromResult<IWorkerStore>(new SqliteWorkerStore(Open(), time));

    public override async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
            await database.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private SqliteDatabase Open()
    {
        var database = SqliteDatabase.Open(_folder.File("kinora.db"));
        _databases.Add(database);
        return database;
    }
}
