using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>The input of the image-to-video endpoints of Kling O3: from a start frame to an end frame.</summary>
public abstract record KlingO3Input : ModelInput
{
    private protected KlingO3Input()
    {
    }

    /// <summary>What happens in the video, at most 2500 characters. Not together with <see cref="MultiPrompt"/>.</summary>
    public string? Prompt { get; init; }

    /// <summary>The image the video starts on: an http(s) URL or a data URI.</summary>
    public required string ImageUrl { get; init; }

    /// <summary>The image the video ends on: an http(s) URL or a data URI.</summary>
    public string? EndImageUrl { get; init; }

    /// <summary>Length in whole seconds, 3 to 15. Default 5.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public int? Duration { get; init; }

    /// <summary>Whether the video gets a soundtrack. Default false.</summary>
    public bool? GenerateAudio { get; init; }

    /// <summary>A storyboard of 1 to 6 shots, together 3 to 15 seconds.</summary>
    public IReadOnlyList<KlingShot>? MultiPrompt { get; init; }

    /// <summary><c>customize</c> (the default) or <c>intelligent</c>.</summary>
    public string? ShotType { get; init; }

    /// <summary>The seed, 0 or more: Kinora's own field, which the hosted service ignores.</summary>
    public long? Seed { get; init; }
}
