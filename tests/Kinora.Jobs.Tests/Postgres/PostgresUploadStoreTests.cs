using Kinora.Jobs.Files;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Tests.Files;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresUploadStoreTests : UploadStoreConformance, IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private PostgresDatabase? _other;

    private protected override IUploadStore Uploads => new PostgresUploadStore(_database.First);

    private protected override IFileStore Files => new PostgresFileStore(_database.First);

    private protected override IUploadStore OpenAgain() => new PostgresUploadStore(_other!);

    public async ValueTask InitializeAsync()
    {
        await _database.OpenAsync(time: null);
        _other = await _database.OpenAsync(time: null);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
