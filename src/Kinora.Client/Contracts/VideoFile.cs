namespace Kinora.Client.Contracts;

/// <summary>A file that a request left behind (<c>File</c> in the hosted service's schemas).</summary>
public sealed record VideoFile
{
    /// <summary>Where it can be fetched without credentials.</summary>
    public required string Url { get; init; }

    /// <summary>Media type, for example <c>video/mp4</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>File name, for example <c>out.mp4</c>.</summary>
    public string? FileName { get; init; }

    /// <summary>Size in bytes.</summary>
    public long? FileSize { get; init; }
}
