using System.Collections.Concurrent;
using Kinora.Jobs.Postgres;

namespace Kinora.Jobs.Tests.Postgres;

/// <summary>An empty database for one test, opened as often as the test likes. Afterwards it is emptied for the next one: making one takes a quarter of a second.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Empty = """
        DELETE FROM jobs; DELETE FROM job_blobs; DELETE FROM api_keys; DELETE FROM webhook_keys; DELETE FROM budgets; DELETE FROM spending; DELETE FROM usage;
        DELETE FROM files; DELETE FROM uploads; DELETE FROM upload_tokens; DELETE FROM queue_limits; DELETE FROM sessions; DELETE FROM workers;
        """;

    private static readonly ConcurrentBag<string> s_idle = [];

    private readonly List<PostgresDatabase> _open = [];
    private string? _url;

    internal PostgresDatabase First => _open[0];

    internal async Task<string> UrlAsync() =>
        _url ??= s_idle.TryTake(out string? idle) ? idle : await PostgresCluster.CreateDatabaseAsync();

    internal async Task<PostgresDatabase> OpenAsync(TimeProvider? time)
    {
        var database = PostgresDatabase.Open(await UrlAsync() + "?pool_size=20", time);
        _open.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        if (_url is null)
            return;
        await (_open.Count > 0 ? First : await OpenAsync(time: null)).ExecuteAsync(Empty, null, default);
        foreach (var database in _open)
            await database.DisposeAsync();
        s_idle.Add(_url);
    }
}
