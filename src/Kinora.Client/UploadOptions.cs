namespace Kinora.Client;

/// <summary>What an upload may say beside its content.</summary>
public sealed record UploadOptions
{
    /// <summary>A name for the file, which its URL ends with as far as its characters allow. Default: none.</summary>
    public string? FileName { get; init; }

    /// <summary>How long the server keeps the file, in whole seconds, above 0. Default: as long as it keeps files.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Called with the number of bytes that the server has taken so far, after each part of 10 MiB.</summary>
    public Action<long>? OnProgress { get; init; }
}
