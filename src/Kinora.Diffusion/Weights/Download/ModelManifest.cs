namespace Kinora.Diffusion.Weights.Download;

/// <summary>What was pulled: written as <c>manifest.json</c> into the model's folder when everything is there, so a folder without it is no model.</summary>
public sealed record ModelManifest
{
    /// <summary>The name in the catalogue.</summary>
    public required string Name { get; init; }

    /// <summary>The repository on the hub.</summary>
    public required string Repository { get; init; }

    /// <summary>The commit.</summary>
    public required string Commit { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<InstalledFile> Files { get; init; }

    /// <summary>Bytes of all files.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Bytes => Files.Sum(file => file.Bytes);
}
