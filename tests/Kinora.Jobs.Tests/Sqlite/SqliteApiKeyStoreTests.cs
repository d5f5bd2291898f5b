using Kinora.Jobs.Keys;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Keys;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteApiKeyStoreTests : ApiKeyStoreConformance, IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<SqliteDatabase> _databases = [];
    private readonly IApiKeyStore _store;

    public SqliteApiKeyStoreTests() => _store = OpenAgain();

    private protected override IApiKeyStore Store => _store;

    private protected override IApiKeyStore OpenAgain()
    {
        var database = SqliteDatabase.Open(_folder.File("kinora.db"));
        _databases.Add(database);
        return new SqliteApiKeyStore(database, Clock);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
            await database.DisposeAsync();
        _folder.Dispose();
    }
}
