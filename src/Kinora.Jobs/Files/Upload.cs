namespace Kinora.Jobs.Files;

/// <summary>An upload that was announced, and perhaps finished.</summary>
public sealed record Upload
{
    /// <summary>Random, part of the upload's URL.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is: the id of an API key, or <c>local</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>SHA-256 of the token that its URL carries.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Where the content will be.</summary>
    public required string BlobName { get; init; }

    /// <summary>The content's media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Whether the content comes in numbered parts.</summary>
    public required bool IsMultipart { get; init; }

    /// <summary>How long the content will be, in bytes, if that was announced.</summary>
    public long? AnnouncedBytes { get; init; }

    /// <summary>From when on nothing can be uploaded any more.</summary>
    public required DateTimeOffset ClosesAt { get; init; }

    /// <summary>How long the file is kept from the moment it is finished.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <inheritdoc cref="StoredFile.Access"/>
    public string? Access { get; init; }

    /// <summary>What was uploaded, as a SHA-256; null while the upload is open.</summary>
    public byte[]? ContentHash { get; init; }
}
