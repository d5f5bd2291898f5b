namespace Kinora.Jobs.Files;

/// <summary>What is known of a blob besides its content.</summary>
public sealed record StoredFile
{
    /// <summary>The blob's name.</summary>
    public required string BlobName { get; init; }

    /// <summary>Whose it is: the id of an API key, or <c>local</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long LengthBytes { get; init; }

    /// <summary>When it was finished.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is gone; null: it lives as long as the job that made it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Who may read it: JSON text that only the server understands. Null: whoever knows its name.</summary>
    public string? Access { get; init; }

    /// <summary>Whether a job made it; otherwise it was uploaded.</summary>
    public bool IsOutput { get; init; }
}
