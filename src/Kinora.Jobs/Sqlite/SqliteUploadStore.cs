using Dapper;
using Kinora.Jobs.Files;
using Kinora.Jobs.Rows;

namespace Kinora.Jobs.Sqlite;

/// <summary>Uploads under way, in the queue's SQLite file.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
public sealed class SqliteUploadStore(SqliteDatabase database) : IUploadStore
{
    private const string IsOpen = "EXISTS (SELECT 1 FROM uploads WHERE id = @id AND content_hash IS NULL)";

    /// <inheritdoc/>
    public Task CreateTokenAsync(byte[] tokenHash, string owner, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Execute(
                "INSERT INTO upload_tokens (token_hash, owner, expires_at) VALUES (@tokenHash, @owner, @expiresAt)",
                new { tokenHash, owner, expiresAt = expiresAt.ToUnixTimeMilliseconds() }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindTokenOwnerAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => connection.QuerySingleOrDefault<string>(
            "SELECT owner FROM upload_tokens WHERE token_hash = @tokenHash AND expires_at > @now", new { tokenHash, now = now.ToUnixTimeMilliseconds() })));

    /// <inheritdoc/>
    public Task<int> DeleteExpiredTokensAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Execute("DELETE FROM upload_tokens WHERE expires_at <= @now", new { now = now.ToUnixTimeMilliseconds() }), cancellationToken);

    /// <inheritdoc/>
    public Task CreateAsync(Upload upload, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Execute(UploadRow.Insert, UploadRow.ToParameters(upload)), cancellationToken);

    /// <inheritdoc/>
    public Task<Upload?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(
            connection => connection.QuerySingleOrDefault<UploadRow>(UploadRow.Select + " WHERE id = @id", new { id })?.ToUpload()));

    /// <inheritdoc/>
    public Task<int> CountOpenAsync(string owner, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(
            connection => connection.QuerySingle<int>("SELECT count(*) FROM uploads WHERE owner = @owner AND content_hash IS NULL", new { owner })));

    /// <inheritdoc/>
    public async Task<bool> PutPartAsync(string id, UploadPart part, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            connection => connection.Execute(
                $"""
                INSERT INTO upload_parts (upload, number, length_bytes, tag, blob) SELECT @id, @Number, @LengthBytes, @Tag, @BlobName WHERE {IsOpen}
                ON CONFLICT (upload, number) DO UPDATE SET length_bytes = excluded.length_bytes, tag = excluded.tag, blob = excluded.blob
                """,
                new { id, part.Number, part.LengthBytes, part.Tag, part.BlobName }),
            cancellationToken) > 0;

    /// <inheritdoc/>
    public Task<IReadOnlyList<UploadPart>> ListPartsAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UploadPart>>(database.Read(
            connection => connection.Query<(long Number, long LengthBytes, string Tag, string BlobName)>(
                "SELECT number, length_bytes, tag, blob FROM upload_parts WHERE upload = @id ORDER BY number", new { id })
                .Select(row => new UploadPart((int)row.Number, row.LengthBytes, row.Tag, row.BlobName)).ToList()));

    /// <inheritdoc/>
    public async Task<bool> PinAsync(string id, byte[] contentHash, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            connection => connection.Execute(
                """
                UPDATE uploads SET pinned_hash = @contentHash
                WHERE id = @id AND content_hash IS NULL AND (pinned_hash IS NULL OR pinned_hash = @contentHash)
                """,
                new { id, contentHash }),
            cancellationToken) > 0;

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(string id, byte[] contentHash, StoredFile file, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                bool isOurs = connection.Execute("UPDATE uploads SET content_hash = @contentHash WHERE id = @id AND content_hash IS NULL", new { id, contentHash }) > 0;
                if (isOurs)
                    SqliteFileStore.Put(connection, file);
                return isOurs;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Upload>> ListClosedAsync(DateTimeOffset closedBy, int atMost, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Upload>>(database.Read(
            connection => connection.Query<UploadRow>(
                UploadRow.Select + " WHERE closes_at <= @closedBy ORDER BY closes_at LIMIT @atMost", new { closedBy = closedBy.ToUnixTimeMilliseconds(), atMost })
                .Select(row => row.ToUpload()).ToList()));

    /// <inheritdoc/>
    public Task<Upload?> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                var upload = connection.QuerySingleOrDefault<UploadRow>(UploadRow.Select + " WHERE id = @id", new { id })?.ToUpload();
                connection.Execute("DELETE FROM uploads WHERE id = @id", new { id });
                return upload;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> MeasureAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => connection.QuerySingle<long>(
            """
            SELECT (SELECT coalesce(sum(length_bytes), 0) FROM files WHERE is_output = 0)
                 + (SELECT coalesce(sum(length_bytes), 0) FROM upload_parts JOIN uploads ON id = upload WHERE content_hash IS NULL)
            """)));
}
