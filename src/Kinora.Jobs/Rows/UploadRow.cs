using Kinora.Jobs.Files;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class UploadRow
{
    internal const string Select = $"SELECT {Columns} FROM uploads";

    internal const string Delete = $"DELETE FROM uploads WHERE id = @id RETURNING {Columns}";

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
