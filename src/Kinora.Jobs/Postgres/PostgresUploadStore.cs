using Dapper;
using Kinora.Jobs.Files;
using Kinora.Jobs.Rows;

namespace Kinora.Jobs.Postgres;

/// <summary>Uploads under way, in PostgreSQL.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresUploadStore(PostgresDatabase database) : IUploadStore
{
    // The lock on the upload's row keeps a part from slipping in behind the end of the upload.
    private const string PutPart = """
        WITH open AS (SELECT id FROM uploads WHERE id = @id AND content_hash IS NULL FOR SHARE)
        INSERT INTO upload_parts (upload, number, length_bytes, tag, blob) SELECT id, @Number, @LengthBytes, @Tag, @BlobName FROM open
        ON CONFLICT (upload, number) DO UPDATE SET length_bytes = excluded.length_bytes, tag = excluded.tag, blob = excluded.blob
        """;

    /// <inheritdoc/>
    public Task CreateTokenAsync(byte[] tokenHash, string owner, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "INSERT INTO upload_tokens (token_hash, owner, expires_at) VALUES (@tokenHash, @owner, @expiresAt)",
            new { tokenHash, owner, expiresAt = expiresAt.ToUnixTimeMilliseconds() },
            cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindTokenOwnerAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.FindAsync<string>(
            "SELECT owner FROM upload_tokens WHERE token_hash = @tokenHash AND expires_at > @now", new { tokenHash, now = now.ToUnixTimeMilliseconds() }, cancellationToken);

    /// <inheritdoc/>
    public Task<int> DeleteExpiredTokensAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ExecuteAsync("DELETE FROM upload_tokens WHERE expires_at <= @now", new { now = now.ToUnixTimeMilliseconds() }, cancellationToken);

    /// <inheritdoc/>
    public Task CreateAsync(Upload upload, CancellationToken cancellationToken) =>
        database.ExecuteAsync(UploadRow.Insert, UploadRow.ToParameters(upload), cancellationToken);

    /// <inheritdoc/>
    public async Task<Upload?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await database.FindAsync<UploadRow>(UploadRow.Select + " WHERE id = @id", new { id = id.Replace('\0', ' ') }, cancellationToken))?.ToUpload();

    /// <inheritdoc/>
    public Task<int> CountOpenAsync(string owner, CancellationToken cancellationToken) =>
        database.FindAsync<int>("SELECT count(*) FROM uploads WHERE owner = @owner AND content_hash IS NULL", new { owner }, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> PutPartAsync(string id, UploadPart part, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(PutPart, new { id, part.Number, part.LengthBytes, part.Tag, part.BlobName }, cancellationToken) > 0;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UploadPart>> ListPartsAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<(int Number, long LengthBytes, string Tag, string BlobName)>(
            "SELECT number, length_bytes, tag, blob FROM upload_parts WHERE upload = @id ORDER BY number", new { id }, cancellationToken);
        return rows.ConvertAll(row => new UploadPart(row.Number, row.LengthBytes, row.Tag, row.BlobName));
    }

    /// <inheritdoc/>
    public async Task<bool> PinAsync(string id, byte[] contentHash, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            """
            UPDATE uploads SET pinned_hash = @contentHash
            WHERE id = @id AND content_hash IS NULL AND (pinned_hash IS NULL OR pinned_hash = @contentHash)
            """,
            new { id, contentHash },
            cancellationToken) > 0;

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(string id, byte[] contentHash, StoredFile file, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                bool isOurs = await connection.ExecuteAsync(
                    "UPDATE uploads SET content_hash = @contentHash WHERE id = @id AND content_hash IS NULL", new { id, contentHash }, transaction) > 0;
                if (isOurs)
                    await PostgresFileStore.PutAsync(connection, file);
                return isOurs;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Upload>> ListClosedAsync(DateTimeOffset closedBy, int atMost, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<UploadRow>(
            UploadRow.Select + " WHERE closes_at <= @closedBy ORDER BY closes_at LIMIT @atMost", new { closedBy = closedBy.ToUnixTimeMilliseconds(), atMost },
            cancellationToken);
        return rows.ConvertAll(row => row.ToUpload());
    }

    /// <inheritdoc/>
    public Task<Upload?> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.RunAsync(
            async connection => (await connection.QuerySingleOrDefaultAsync<UploadRow>(
                new CommandDefinition(UploadRow.Delete, new { id }, cancellationToken: cancellationToken)))?.ToUpload(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> MeasureAsync(CancellationToken cancellationToken) =>
        database.FindAsync<long>(
            """
            SELECT ((SELECT coalesce(sum(length_bytes), 0) FROM files WHERE NOT is_output)
                 + (SELECT coalesce(sum(p.length_bytes), 0) FROM upload_parts p JOIN uploads ON id = upload WHERE content_hash IS NULL))::bigint
            """,
            null, cancellationToken);
}
