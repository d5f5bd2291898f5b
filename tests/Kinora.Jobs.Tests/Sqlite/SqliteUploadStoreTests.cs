using Kinora.Jobs.Files;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Files;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteUploadStoreTests : UploadStoreConformance, IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<SqliteDatabase> _databases = [];
    private readonly IUploadStore _uploads;
    private readonly IFileStore _files;

    public SqliteUploadStoreTests()
    {
        _uploads = OpenAgain();
        _files = new SqliteFileStore(_databases[0]);
    }

    private protected override IUploadStore Uploads => _uploads;

    private protected override IFileStore Files => _files;

    private protected override IUploadStore OpenAgain()
    {
        var database = SqliteDatabase.Open(_folder.File("kinora.db"));
        _databases.Add(database);
        return new SqliteUploadStore(database);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
            await database.DisposeAsync();
        _folder.Dispose();
    }
}
