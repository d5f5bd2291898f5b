using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints;

/// <summary>What an endpoint accepts as a medium.</summary>
public sealed record MediaLimits
{
    /// <summary>Largest file in bytes.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Smallest width and height in pixels.</summary>
    public int MinSidePixels { get; init; }

    /// <summary>Largest width and height in pixels. Default 16,384: what decoders and this server's memory can take.</summary>
    public int MaxSidePixels { get; init; } = 16_384;

    /// <summary>Smallest width divided by height.</summary>
    public double MinAspectRatio { get; init; }

    /// <summary>Largest width divided by height.</summary>
    public double MaxAspectRatio { get; init; } = double.PositiveInfinity;

    /// <summary>Accepted formats by their usual file extension, for example <c>jpg</c>.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>How long the whole download may take.</summary>
    public TimeSpan DownloadTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Shortest video; null for images.</summary>
    public TimeSpan? MinDuration { get; init; }

    /// <summary>Longest video; null for images.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>The limits for documents: what is not limited is left out.</summary>
    internal JsonObject Describe()
    {
        var limits = new JsonObject
        {
            ["formats"] = new JsonArray([.. Formats.Select(format => (JsonNode)format)]),
            ["max_bytes"] = MaxBytes,
            ["max_side_pixels"] = MaxSidePixels,
            ["download_timeout_seconds"] = DownloadTimeout.TotalSeconds,
        };
        if (MinSidePixels > 0)
            limits["min_side_pixels"] = MinSidePixels;
        if (double.IsFinite(MaxAspectRatio))
            (limits["min_aspect_ratio"], limits["max_aspect_ratio"]) = (MinAspectRatio, MaxAspectRatio);
        if (MaxDuration is { } longest)
            (limits["min_seconds"], limits["max_seconds"]) = ((MinDuration ?? TimeSpan.Zero).TotalSeconds, longest.TotalSeconds);
        return limits;
    }
}
