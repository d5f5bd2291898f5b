using System.Data.Common;
using Dapper;
using Kinora.Jobs.Rows;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>
/// A PostgreSQL database with the queue and everything beside it, for any number of processes on any number of machines. Pooled connections; statements are
/// prepared by the driver. What several processes must agree on (leases, limits, order) is decided by the database and by its clock.
/// </summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    /// <summary>
    /// The moment of a statement, in milliseconds: the database's clock, unless a test gives <c>@now</c>. Stable within a statement, so that indexes serve
    /// comparisons with it.
    /// </summary>
    internal const string Now = "coalesce(@now, (extract(epoch FROM statement_timestamp()) * 1000)::bigint)";

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider? _time;

    private PostgresDatabase(NpgsqlDataSource source, TimeProvider? time, string channel, bool canListen)
    {
        _source = source;
        _time = time;
        Signals = new PostgresSignals(source, channel, canListen);
    }

    /// <summary>Connects, and applies the migrations that the database lacks. Any number of processes may do so at once.</summary>
    /// <param name="url">
    /// <c>postgres://user:password@host:port/database</c>; as parameters <c>sslmode</c>, <c>sslrootcert</c>, <c>host</c>, <c>port</c>, <c>schema</c>, <c>pool_size</c>
    /// (default 16) and, through PgBouncer in transaction mode, <c>pooler=transaction</c>.
    /// </param>
    /// <exception cref="PostgresUnavailableException">It cannot be reached, or refuses.</exception>
    /// <exception cref="FormatException">The URL is none.</exception>
    public static PostgresDatabase Open(string url) => Open(url, time: null);

    /// <summary>The same with the time of <paramref name="time"/> instead of the database's, for tests.</summary>
    internal static PostgresDatabase Open(string url, TimeProvider? time)
    {
        var (connectionString, isThroughPooler) = PostgresUrl.Parse(url);
        var source = new NpgsqlDataSourceBuilder(connectionString).Build();
        try
        {
            using var connection = source.OpenConnection();
            PostgresMigrations.Apply(connection);
            string schema = connection.QuerySingle<string>("SELECT current_schema()");
            return new PostgresDatabase(source, time, schema == "public" ? "kinora" : $"kinora_{schema}", canListen: !isThroughPooler);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            source.Dispose();
            throw new PostgresUnavailableException($"The database could not be opened: {exception.Message}", exception);
        }
    }

    /// <summary>What happens elsewhere, and telling others what happens here.</summary>
    internal PostgresSignals Signals { get; }

    /// <summary>The <c>@now</c> of a statement: null for the database's own clock.</summary>
    internal long? Time => _time?.Now();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Signals.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <summary>Reads; a connection that broke since it was last used (a restarted database) is replaced, for as long as a restart takes.</summary>
    internal Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> query, CancellationToken cancellationToken) =>
        PostgresRetry.RunAsync(() => RunAsync(query, cancellationToken), cancellationToken);

    /// <summary>Runs one statement, or several in a transaction that <paramref name="work"/> begins. It is not repeated: what came of it is unknown if the connection breaks.</summary>
    internal async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        return await work(connection);
    }

    /// <summary>Runs in a transaction.</summary>
    internal Task<T> WriteAsync<T>(Func<NpgsqlConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var answer = await work(connection, transaction);
                await transaction.CommitAsync(cancellationToken);
                return answer;
            },
            cancellationToken);

    /// <summary>One statement by itself.</summary>
    internal Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync(connection => connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)), cancellationToken);

    /// <summary>The rows of a query.</summary>
    internal Task<List<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        ReadAsync(
            async connection => (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList(),
            cancellationToken);

    /// <summary>The one row of a query, or the default.</summary>
    internal Task<T?> FindAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)),
            cancellationToken);
}
