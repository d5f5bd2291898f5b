using Kinora.Jobs.Files;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class UploadRow
{
    internal const string Select = $"SELECT {Columns} FROM uploads";

    internal const string Delete = $"DELETE FROM uploads WHERE id = @id RETURNING {Columns}";

    /// <summary>Stores a new upload; takes <see cref="ToParameters"/>.</summary>
    internal const string Insert = """
        INSERT INTO uploads (id, owner, token_hash, blob, content_type, is_multipart, announced_bytes, closes_at, lifetime_ms, access)
        VALUES (@Id, @Owner, @TokenHash, @BlobName, @ContentType, @IsMultipart, @AnnouncedBytes, @closesAt, @lifetime, @Access)
        """;

    private const string Columns = """
        id, owner, token_hash AS TokenHash, blob AS BlobName, content_type AS ContentType, is_multipart AS IsMultipart,
        announced_bytes AS AnnouncedBytes, closes_at AS ClosesAt, lifetime_ms AS LifetimeMs, access, content_hash AS ContentHash
        """;

    public string Id { get; set; } = "";
    public string Owner { get; set; } = "";
    public byte[] TokenHash { get; set; } = [];
    public string BlobName { get; set; } = "";
    public string ContentType { get; set; } = "";
    public bool IsMultipart { get; set; }
    public long? AnnouncedBytes { get; set; }
    public long ClosesAt { get; set; }
    public long LifetimeMs { get; set; }
    public string? Access { get; set; }
    public byte[]? ContentHash { get; set; }

    internal static object ToParameters(Upload upload) => new
    {
        upload.Id,
        upload.Owner,
        upload.TokenHash,
        upload.BlobName,
        upload.ContentType,
        upload.IsMultipart,
        upload.AnnouncedBytes,
        closesAt = upload.ClosesAt.ToUnixTimeMilliseconds(),
        lifetime = upload.Lifetime.ToMilliseconds(),
        upload.Access,
    };

    internal Upload ToUpload() => new()
    {
        Id = Id,
        Owner = Owner,
        TokenHash = TokenHash,
        BlobName = BlobName,
        ContentType = ContentType,
        IsMultipart = IsMultipart,
        AnnouncedBytes = AnnouncedBytes,
        ClosesAt = ClosesAt.ToTime(),
        Lifetime = TimeSpan.FromMilliseconds(LifetimeMs),
        Access = Access,
        ContentHash = ContentHash,
    };
}
