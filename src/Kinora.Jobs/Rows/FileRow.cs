using Kinora.Jobs.Files;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class FileRow
{
    internal const string Select = """
        SELECT blob AS BlobName, owner, length_bytes AS LengthBytes, created_at AS CreatedAt, expires_at AS ExpiresAt, access, is_output AS IsOutput FROM files
        """;

    public string BlobName { get; set; } = "";
    public string Owner { get; set; } = "";
    public long LengthBytes { get; set; }
    public long CreatedAt { get; set; }
    public long? ExpiresAt { get; set; }
    public string? Access { get; set; }
    public bool IsOutput { get; set; }

    internal StoredFile ToFile() => new()
    {
        BlobName = BlobName,
        Owner = Owner,
        LengthBytes = LengthBytes,
        CreatedAt = CreatedAt.ToTime(),
        ExpiresAt = ExpiresAt.ToTime(),
        Access = Access,
        IsOutput = IsOutput,
    };
}
