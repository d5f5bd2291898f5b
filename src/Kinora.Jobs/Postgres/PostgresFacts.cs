using Dapper;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>What a PostgreSQL server and the way to it are like. Reading it changes nothing.</summary>
public sealed record PostgresFacts
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>The oldest server that the statements of this program work on.</summary>
    public const int OldestMajorVersion = 13;

    /// <summary>The server's version as it writes it, for example <c>15.14</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The first number of <see cref="Version"/>.</summary>
    public required int MajorVersion { get; init; }

    /// <summary>Migrations of this program that the database lacks: the next process that starts applies them.</summary>
    public required int MissingMigrations { get; init; }

    /// <summary>Migrations that this program does not know: a newer one has been there.</summary>
    public required int UnknownMigrations { get; init; }

    /// <summary>How far the server's clock is ahead of this machine's.</summary>
    public required TimeSpan ClockAhead { get; init; }

    /// <summary>How many connections the server allows to ordinary users.</summary>
    public required int MostConnections { get; init; }

    /// <summary>How many connections there are, of all programs.</summary>
    public required int Connections { get; init; }

    /// <summary>How many connections one process of this program takes at most.</summary>
    public required int PoolSize { get; init; }

    /// <summary>Whether the URL says that there is a pooler in transaction mode in between.</summary>
    public required bool IsPoolerDeclared { get; init; }

    /// <summary>Whether there is one: two connections that are open at once were served by the same process of the server.</summary>
    public required bool IsPoolerFound { get; init; }

    /// <summary>Whether a notification that one connection sent was heard by another.</summary>
    public required bool AreNotificationsHeard { get; init; }

    /// <summary>Connects twice and looks.</summary>
    /// <param name="url">See <see cref="PostgresDatabase.Open(string)"/>.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PostgresUnavailableException">It cannot be reached, or refuses.</exception>
    /// <exception cref="FormatException">The URL is none.</exception>
    public static async Task<PostgresFacts> ReadAsync(string url, TimeProvider time, CancellationToken cancellationToken)
    {
        var (connectionString, isPoolerDeclared) = PostgresUrl.Parse(url);

        // Nothing prepared and nothing pooled: it shall work through whatever is in between.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 0, Pooling = false };
        try
        {
            await using var one = new NpgsqlConnection(settings.ConnectionString);
            await using var two = new NpgsqlConnection(settings.ConnectionString);
            await one.OpenAsync(cancellationToken);
            await two.OpenAsync(cancellationToken);
            var (missing, unknown) = await CompareMigrationsAsync(one);
            return new PostgresFacts
            {
                Version = await one.QuerySingleAsync<string>("SHOW server_version"),
                MajorVersion = await one.QuerySingleAsync<int>("SELECT current_setting('server_version_num')::int / 10000"),
                MissingMigrations = missing,
                UnknownMigrations = unknown,
                ClockAhead = await CompareClocksAsync(one, time),
                MostConnections = await one.QuerySingleAsync<int>("SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"),
                Connections = await one.QuerySingleAsync<int>("SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend'"),
                PoolSize = new NpgsqlConnectionStringBuilder(connectionString).MaxPoolSize,
                IsPoolerDeclared = isPoolerDeclared,
                IsPoolerFound = await FindServerProcessAsync(one) == await FindServerProcessAsync(two),
                AreNotificationsHeard = await TryNotifyAsync(one, two, cancellationToken),
            };
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            throw new PostgresUnavailableException($"The database could not be opened: {exception.Message}", exception);
        }
    }

    private static Task<int> FindServerProcessAsync(NpgsqlConnection connection) => connection.QuerySingleAsync<int>("SELECT pg_backend_pid()");

    private static async Task<(int Missing, int Unknown)> CompareMigrationsAsync(NpgsqlConnection connection)
    {
        bool none = await connection.QuerySingleAsync<bool>("SELECT to_regclass('migrations') IS NULL");
        var applied = none ? [] : (await connection.QueryAsync<long>("SELECT number FROM migrations")).ToList();
        return (PostgresMigrations.Numbers.Except(applied).Count(), applied.Except(PostgresMigrations.Numbers).Count());
    }

    // The middle of the question is the moment of the answer, give or take half of the way.
    private static async Task<TimeSpan> CompareClocksAsync(NpgsqlConnection connection, TimeProvider time)
    {
        var before = time.GetUtcNow();
        long there = await connection.QuerySingleAsync<long>("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
        var middle = before + ((time.GetUtcNow() - before) / 2);
        return DateTimeOffset.FromUnixTimeMilliseconds(there) - middle;
    }

    private static async Task<bool> TryNotifyAsync(NpgsqlConnection listener, NpgsqlConnection sender, CancellationToken cancellationToken)
    {
        string word = Guid.NewGuid().ToString("N");
        bool isHeard = false;
        listener.Notification += (_, notification) => isHeard |= notification.Payload == word;
        await listener.ExecuteAsync("LISTEN kinora_doctor");
        await sender.ExecuteAsync("SELECT pg_notify('kinora_doctor', @word)", new { word });
        long start = TimeProvider.System.GetTimestamp();
        while (!isHeard && s_patience - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } left)
            await listener.WaitAsync(left, cancellationToken);

        // A pooler lends the connection to others.
        await listener.ExecuteAsync("UNLISTEN kinora_doctor");
        return isHeard;
    }
}
