using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Usage;
using Kinora.Jobs.Usage;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteUsageStoreTests : UsageStoreConformance, IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteUsageStoreTests()
    {
        _database = SqliteDatabase.Open(_folder.File("kinora.db"));
        Jobs = new SqliteJobStore(_database, Clock);
        Store = new SqliteUsageStore(_database);
    }

    private protected override IJobStore Jobs { get; }

    private protected override IUsageStore Store { get; }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
