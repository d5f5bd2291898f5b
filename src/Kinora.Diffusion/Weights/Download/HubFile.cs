namespace Kinora.Diffusion.Weights.Download;

/// <summary>A file in a repository, as the hub lists it.</summary>
/// <param name="Path">Path in the repository, with slashes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hex; null for small files, which the hub keeps in git itself.</param>
/// <param name="BlobId">For those, the git object id: SHA-1 over <c>blob SIZE\0</c> and the content, lower-case hex.</param>
internal sealed record HubFile(string Path, long Bytes, string? Sha256, string? BlobId)
{
    /// <summary>What the content is recognised by.</summary>
    public string Identity => Sha256 ?? BlobId ?? throw new HubException($"The hub lists {Path} without a hash. Try another mirror.", canRetry: false);
}
