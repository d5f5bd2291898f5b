namespace Kinora.Diffusion.Weights.Catalog;

/// <summary>A model that can be pulled: where its files are and what they are for.</summary>
public sealed record ModelEntry
{
    /// <summary>The name on the command line and of the folder, for example <c>ltxv-2b-0.9.8-distilled</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>The repository on the model hub, <c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>A branch, tag or commit. What it pointed at when the model was pulled is kept in the manifest.</summary>
    public string Revision { get; init; } = "main";

    /// <summary>The files: paths in the repository, where <c>*</c> stands for any characters but a slash. Every one must match something.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>About how large they are together, in bytes, for listings: the true size is asked of the hub.</summary>
    public required long ApproximateBytes { get; init; }

    /// <summary>The terms.</summary>
    public required Licence Licence { get; init; }

    /// <summary>Names of other entries that it does not work without; they are pulled with it.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}
