using System.Text.Json;
using Dapper;
using Kinora.Jobs.Files;
using Kinora.Jobs.Rows;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>What is known of blobs, in the queue's SQLite file.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
public sealed class SqliteFileStore(SqliteDatabase database) : IFileStore
{
    /// <inheritdoc/>
    public Task PutAsync(StoredFile file, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => Put(connection, file), cancellationToken);

    /// <inheritdoc/>
    public Task<StoredFile?> FindAsync(string blobName, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(
            connection => connection.QuerySingleOrDefault<FileRow>(FileRow.Select + " WHERE blob = @blobName", new { blobName })?.ToFile()));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListExpiredAsync(DateTimeOffset now, int atMost, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(database.Read(
            connection => connection.Query<string>(
                "SELECT blob FROM files WHERE expires_at <= @now ORDER BY expires_at LIMIT @atMost", new { now = now.ToUnixTimeMilliseconds(), atMost }).ToList()));

    /// <inheritdoc/>
    public Task DeleteAsync(IReadOnlyList<string> blobNames, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Execute("DELETE FROM files WHERE blob IN @blobNames", new { blobNames }), cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetOrphansAsync(DateTimeOffset notedBy, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Execute(
                "DELETE FROM files WHERE is_output = 1 AND created_at <= @notedBy AND NOT EXISTS (SELECT 1 FROM job_blobs WHERE name = blob)",
                new { notedBy = notedBy.ToUnixTimeMilliseconds() }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyList<string> blobNames, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(database.Read(
            connection => connection.Query<string>(
                """
                SELECT value FROM json_each(@names)
                WHERE NOT EXISTS (SELECT 1 FROM job_blobs WHERE name = value)
                  AND NOT EXISTS (SELECT 1 FROM files WHERE blob = value)
                  AND value NOT IN (SELECT blob FROM uploads UNION ALL SELECT blob FROM upload_parts)
                """,
                new { names = JsonSerializer.Serialize(blobNames) }).ToList()));

    internal static int Put(SqliteConnection connection, StoredFile file) =>
        connection.Execute(FileRow.Put, FileRow.ToParameters(file));
}
