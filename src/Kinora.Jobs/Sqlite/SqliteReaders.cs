using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Open connections for reading. In WAL mode readers neither wait for the writer nor hold it up.</summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open) : IDisposable
{
    private static readonly int s_mostKept = 2 * Environment.ProcessorCount + 2;

    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _disposed;

    /// <summary>Runs <paramref name="query"/> on the caller's thread: an indexed read takes microseconds, less than a switch of threads.</summary>
    internal T Read<T>(Func<SqliteConnection, T> query)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var connection = _idle.TryTake(out var idle) ? idle : open();
        try
        {
            var answer = query(connection);
            Return(connection);
            return answer;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
            connection.Dispose();
    }

    private void Return(SqliteConnection connection)
    {
        if (_disposed || _idle.Count >= s_mostKept)
            connection.Dispose();
        else
            _idle.Add(connection);
    }
}
