namespace Kinora.Jobs.Sqlite;

/// <summary>The system's SQLite library is missing or too old; the message says which package brings it.</summary>
public sealed class SqliteLibraryException : JobStoreException
{
    internal SqliteLibraryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
