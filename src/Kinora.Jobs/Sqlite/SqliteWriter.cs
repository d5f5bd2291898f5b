using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kinora.Jobs.Sqlite;

/// <summary>
/// The process's one writer: a thread with its own connection. Everything that waits when it becomes free goes into one transaction
/// (group commit), so that a hundred submits at once cost one or two flushes to disk and not a hundred.
/// Each piece of writing has a savepoint of its own: one that throws takes back only itself.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int LargestBatch = 256;

    private readonly Func<SqliteConnection> _open;
    private readonly BlockingCollection<PendingWrite> _waiting = [];
    private readonly Task _loop;
    private SqliteConnection? _connection;

    internal SqliteWriter(Func<SqliteConnection> open)
    {
        _open = open;
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Runs <paramref name="work"/> in a write transaction; its answer comes after the commit.</summary>
    /// <exception cref="ObjectDisposedException">The writer has been closed.</exception>
    internal Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var write = new PendingWrite<T>(work, cancellationToken);
        try
        {
            _waiting.Add(write, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteWriter));
        }

        return write.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.CompleteAdding();
        await _loop;
        _waiting.Dispose();
    }

    private void Run()
    {
        var batch = new List<PendingWrite>();
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < LargestBatch && _waiting.TryTake(out var next))
                batch.Add(next);

            batch.RemoveAll(write => write.IsAbandoned);
            WriteBatch(batch);
            batch.Clear();
        }

        _connection?.Dispose();
    }

    private void WriteBatch(List<PendingWrite> batch)
    {
        if (batch.Count == 0)
            return;

        try
        {
            _connection ??= _open();
            _connection.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch)
                WriteOne(_connection, write);
            _connection.Execute("COMMIT");
        }
        catch (Exception exception)
        {
            Abandon();
            batch.ForEach(write => write.Fail(write.Fault ?? exception));
            return;
        }

        foreach (var write in batch)
        {
            if (write.Fault is { } fault)
                write.Fail(fault);
            else
                write.Succeed();
        }
    }

    private static void WriteOne(SqliteConnection connection, PendingWrite write)
    {
        connection.Execute("SAVEPOINT one");
        try
        {
            write.Run(connection);
        }
        catch (Exception exception)
        {
            write.Fault = exception;
            // Some faults (a full disk) make SQLite take back the whole transaction: then the others of the batch are lost too.
            if (raw.sqlite3_get_autocommit(connection.Handle) != 0)
                throw;
            connection.Execute("ROLLBACK TO one");
        }

        connection.Execute("RELEASE one");
    }

    // After a fault the connection is closed, which rolls back, and the next batch begins with a fresh one.
    private void Abandon()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
