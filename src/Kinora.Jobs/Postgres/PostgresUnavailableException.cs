namespace Kinora.Jobs.Postgres;

/// <summary>The database could not be reached or refused the user; the message says which and keeps the password to itself.</summary>
public sealed class PostgresUnavailableException : JobStoreException
{
    internal PostgresUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
