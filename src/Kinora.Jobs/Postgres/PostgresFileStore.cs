using Dapper;
using Kinora.Jobs.Files;
using Kinora.Jobs.Rows;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>What is known of blobs, in PostgreSQL.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresFileStore(PostgresDatabase database) : IFileStore
{
    /// <inheritdoc/>
    public Task PutAsync(StoredFile file, CancellationToken cancellationToken) => database.RunAsync(connection => PutAsync(connection, file), cancellationToken);

    /// <inheritdoc/>
    public async Task<StoredFile?> FindAsync(string blobName, CancellationToken cancellationToken) =>
        (await database.FindAsync<FileRow>(FileRow.Select + " WHERE blob = @blobName", new { blobName = blobName.Replace('\0', ' ') }, cancellationToken))?.ToFile();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListExpiredAsync(DateTimeOffset now, int atMost, CancellationToken cancellationToken) =>
        await database.QueryAsync<string>(
            "SELECT blob FROM files WHERE expires_at <= @now ORDER BY expires_at LIMIT @atMost", new { now = now.ToUnixTimeMilliseconds(), atMost }, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(IReadOnlyList<string> blobNames, CancellationToken cancellationToken) =>
        database.ExecuteAsync("DELETE FROM files WHERE blob = ANY (@names)", new { names = blobNames.ToArray() }, cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetOrphansAsync(DateTimeOffset notedBy, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "DELETE FROM files WHERE is_output AND created_at <= @notedBy AND NOT EXISTS (SELECT 1 FROM job_blobs WHERE name = blob)",
            new { notedBy = notedBy.ToUnixTimeMilliseconds() },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyList<string> blobNames, CancellationToken cancellationToken) =>
        await database.QueryAsync<string>(
            """
            SELECT given.name FROM unnest(@names) AS given (name)
            WHERE NOT EXISTS (SELECT 1 FROM job_blobs b WHERE b.name = given.name)
              AND NOT EXISTS (SELECT 1 FROM files f WHERE f.blob = given.name)
              AND NOT EXISTS (SELECT 1 FROM uploads u WHERE u.blob = given.name)
              AND NOT EXISTS (SELECT 1 FROM upload_parts p WHERE p.blob = given.name)
            """,
            new { names = blobNames.ToArray() },
            cancellationToken);

    internal static Task<int> PutAsync(NpgsqlConnection connection, StoredFile file) =>
        connection.ExecuteAsync(FileRow.Put, FileRow.ToParameters(file));
}
