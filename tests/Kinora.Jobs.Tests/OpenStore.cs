using Kinora.Jobs.Blobs.Local;
using Kinora.Jobs.Sqlite;

namespace Kinora.Jobs.Tests;

/// <summary>A real store and real blobs in a folder of their own, on the real clock.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly SqliteDatabase _database;

    internal OpenStore()
    {
        _database = SqliteDatabase.Open(_folder.File("kinora.db"));
        Jobs = new SqliteJobStore(_database, TimeProvider.System);
        Blobs = new LocalBlobStore(_folder.File("blobs"));
    }

    internal SqliteJobStore Jobs { get; }

    internal LocalBlobStore Blobs { get; }

    /// <summary>Stores a small blob and answers its name.</summary>
    internal async Task<string> PutBlobAsync()
    {
        string path = _folder.File("content");
        await File.WriteAllTextAsync(path, "content");
        string name = Blobs.CreateName("clip.mp4");
        await Blobs.PutFileAsync(name, path, "video/mp4", default);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
