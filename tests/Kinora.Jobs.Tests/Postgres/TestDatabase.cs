using Kinora.Jobs.Postgres;

namespace Kinora.Jobs.Tests.Postgres;

/// <summary>A database that goes with its test, opened as often as the test likes.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly List<PostgresDatabase> _open = [];
    private string? _url;

    internal PostgresDatabase First => _open[0];

    internal async Task<string> UrlAsync() => _url ??= await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();

    internal async Task<PostgresDatabase> OpenAsync(TimeProvider? time)
    {
        var database = PostgresDatabase.Open(await UrlAsync() + "?pool_size=20", time);
        _open.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _open)
            await database.DisposeAsync();
    }
}
