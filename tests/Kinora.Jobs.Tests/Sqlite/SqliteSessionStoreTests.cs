using Kinora.Jobs.Keys;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Keys;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteSessionStoreTests : SessionStoreConformance, IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteSessionStoreTests()
    {
        _database = SqliteDatabase.Open(_folder.File("kinora.db"));
        Store = new SqliteSessionStore(_database, Clock);
    }

    private protected override ISessionStore Store { get; }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
