namespace Kinora.Diffusion.Weights.Download;

/// <summary>How weights are fetched.</summary>
public sealed record DownloadOptions
{
    /// <summary>The model hub. A mirror must speak the same interface.</summary>
    public Uri Hub { get; init; } = new("https://huggingface.co/");

    /// <summary>An account's token for gated repositories; null asks as a stranger.</summary>
    public string? Token { get; init; }

    /// <summary>Ranges of a file fetched at the same time, 1 to 16. 1 fetches one after another.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Bytes of a range, which is also what an interrupted download may have to fetch again; at least 64 KB.</summary>
    public int RangeBytes { get; init; } = 32 << 20;

    /// <summary>Failures in a row without a byte received after which a download gives up, 1 or more.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait after the first failure; it doubles with each further one, up to a minute. Zero never waits.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may be silent before it counts as failed.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes that must stay free on the disk after a download.</summary>
    public long SpareBytes { get; init; } = 1L << 30;
}
