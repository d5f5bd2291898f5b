using Kinora.Jobs.Blobs.Local;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Postgres;

namespace Kinora.Jobs.Tests;

/// <summary>A real store and real blobs of their own, on the real clock.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<IAsyncDisposable> _databases = [];

    internal IJobStore Jobs { get; private set; } = null!;

    internal IQueueLimitStore Limits { get; private set; } = null!;

    internal LocalBlobStore Blobs { get; private set; } = null!;

    /// <summary>Lets all leases run out now.</summary>
    internal Func<Task> ExpireLeasesAsync { get; private set; } = null!;

    internal static async Task<OpenStore> CreateAsync(TestStore kind)
    {
        var open = new OpenStore();
        open.Blobs = new LocalBlobStore(open._folder.File("blobs"));
        if (kind == TestStore.Sqlite)
            open.UseSqlite(SqliteDatabase.Open(open._folder.File("kinora.db")));
        else
            await open.UsePostgresAsync(new TestDatabase());
        return open;
    }

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
        foreach (var database in _databases)
            await database.DisposeAsync();
        _folder.Dispose();
    }

    private void UseSqlite(SqliteDatabase database)
    {
        var jobs = new SqliteJobStore(database, TimeProvider.System);
        _databases.Add(database);
        (Jobs, Limits, ExpireLeasesAsync) = (jobs, new SqliteQueueLimitStore(database), () => jobs.ExpireAllAsync(default));
    }

    private async Task UsePostgresAsync(TestDatabase test)
    {
        _databases.Add(test);
        var database = await test.OpenAsync(time: null);
        (Jobs, Limits, ExpireLeasesAsync) = (
            new PostgresJobStore(database), new PostgresQueueLimitStore(database),
            () => database.ExecuteAsync("UPDATE jobs SET lease_until = 0 WHERE state = 1", null, default));
    }
}
