using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>
/// One SQLite file with the queue and the API keys. Several processes may have the same file open.
/// Write-ahead log; <c>synchronous=FULL</c>, so that what was committed survives a power cut, not only <c>kill -9</c>
/// (group commit pays for it: see <c>docs/decisions/0003-sqlite-through-the-system-library.md</c>).
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly string _path;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;

    private SqliteDatabase(string path)
    {
        _path = path;
        _readers = new SqliteReaders(OpenReader);
        _writer = new SqliteWriter(OpenWriter);
    }

    /// <summary>Opens the file, creates it and its folder where they are missing, and applies the migrations it lacks.</summary>
    /// <param name="path">The database file. Its folder must be on a local disk: WAL does not work over a network file system.</param>
    /// <exception cref="SqliteLibraryException">The system's SQLite library is missing or too old.</exception>
    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    public static SqliteDatabase Open(string path)
    {
        SqliteLibrary.EnsureLoaded();
        string fullPath = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(fullPath)!);
        EnsurePrivate(fullPath);
        var database = new SqliteDatabase(fullPath);
        using var connection = database.OpenWriter();
        SqliteMigrations.Apply(connection);
        return database;
    }

    /// <summary>Wakes those of this process who send webhooks.</summary>
    internal ChangeSignals<int> WebhooksDue { get; } = new();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    /// <summary>Reads on the caller's thread, in one snapshot if <paramref name="query"/> is one statement.</summary>
    internal T Read<T>(Func<SqliteConnection, T> query) => _readers.Read(query);

    /// <summary>Writes in a transaction; the answer comes after the commit.</summary>
    internal Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        _writer.WriteAsync(work, cancellationToken);

    /// <summary>Runs what cannot be part of a transaction, on a connection of its own and a thread of its own: it may take minutes.</summary>
    internal Task MaintainAsync(Action<SqliteConnection> work, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var connection = OpenWriter();
            connection.DefaultTimeout = 0;
            work(connection);
        },
        cancellationToken);

    // It holds inputs and signing keys. SQLite gives its log files the same permissions.
    private static void EnsurePrivate(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path))
            return;
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var created = new FileStream(path, options);
    }

    private SqliteConnection OpenWriter()
    {
        var connection = OpenConnection();
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864;");
        return connection;
    }

    private SqliteConnection OpenReader()
    {
        var connection = OpenConnection();
        connection.Execute("PRAGMA query_only = ON;");
        return connection;
    }

    private SqliteConnection OpenConnection()
    {
        // Pooling is ours, and so is waiting: SQLite's own busy handler looks again sooner than the driver would.
        var settings = new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, DefaultTimeout = 5 };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute("PRAGMA busy_timeout = 5000;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
