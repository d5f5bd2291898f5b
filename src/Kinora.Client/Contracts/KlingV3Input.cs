using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>The input of the image-to-video endpoints of Kling 3.0: give either <see cref="Prompt"/> or <see cref="MultiPrompt"/>.</summary>
public abstract record KlingV3Input : ModelInput
{
    private protected KlingV3Input()
    {
    }

    /// <summary>What happens in the video, at most 2500 characters.</summary>
    public string? Prompt { get; init; }

    /// <summary>A storyboard of 1 to 6 shots, together 3 to 15 seconds.</summary>
    public IReadOnlyList<KlingShot>? MultiPrompt { get; init; }

    /// <summary>The image the video starts on: an http(s) URL or a data URI.</summary>
    public required string StartImageUrl { get; init; }

    /// <summary>Length in whole seconds, 3 to 15. Default 5.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public int? Duration { get; init; }

    /// <summary>Whether the video gets a soundtrack. Default true.</summary>
    public bool? GenerateAudio { get; init; }

    /// <summary>The image the video ends on: an http(s) URL or a data URI.</summary>
    public string? EndImageUrl { get; init; }

    /// <summary>Up to 3 characters or objects that the prompt calls <c>@Element1</c>, <c>@Element2</c>…</summary>
    public IReadOnlyList<KlingElement>? Elements { get; init; }

    /// <summary><c>customize</c> (the default) or <c>intelligent</c>.</summary>
    public string? ShotType { get; init; }

    /// <summary>What the video should not show. Default <c>blur, distort, and low quality</c>.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>How closely to keep to the prompt, 0 to 1. Default 0.5.</summary>
    public double? CfgScale { get; init; }

    /// <summary>The seed, 0 or more: Kinora's own field, which the hosted service ignores.</summary>
    public long? Seed { get; init; }
}
