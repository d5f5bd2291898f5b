using Kinora.Jobs.Files;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class FileRow
{
    internal const string Select = """
        SELECT blob AS BlobName, owner, length_bytes AS LengthBytes, created_at AS CreatedAt, expires_at AS ExpiresAt, access, is_output AS IsOutput FROM files
        """;

    /// <summary>Stores a file, or what is known of it anew; takes <see cref="ToParameters"/>.</summary>
    internal const string Put = """
        INSERT INTO files (blob, owner, length_bytes, created_at, expires_at, access, is_output)
        VALUES (@BlobName, @Owner, @LengthBytes, @createdAt, @expiresAt, @Access, @IsOutput)
        ON CONFLICT (blob) DO UPDATE SET owner = excluded.owner, length_bytes = excluded.length_bytes, created_at = excluded.created_at,
          expires_at = excluded.expires_at, access = excluded.access, is_output = excluded.is_output
        """;

    public string BlobName { get; set; } = "";
    public string Owner { get; set; } = "";
    public long LengthBytes { get; set; }
    public long CreatedAt { get; set; }
    public long? ExpiresAt { get; set; }
    public string? Access { get; set; }
    public bool IsOutput { get; set; }

    internal static object ToParameters(StoredFile file) => new
    {
        file.BlobName,
        file.Owner,
        file.LengthBytes,
        createdAt = file.CreatedAt.ToUnixTimeMilliseconds(),
        expiresAt = file.ExpiresAt?.ToUnixTimeMilliseconds(),
        file.Access,
        file.IsOutput,
    };

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
