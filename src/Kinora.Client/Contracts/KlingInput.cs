using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>What the inputs of all Kling image-to-video endpoints share.</summary>
public abstract record KlingInput : ModelInput
{
    private protected KlingInput()
    {
    }

    /// <summary>What happens in the video, at most 2500 characters. Not together with <see cref="MultiPrompt"/>; the 3.0 endpoints other than Turbo need one of both.</summary>
    public string? Prompt { get; init; }

    /// <summary>A storyboard of 1 to 6 shots, together 3 to 15 seconds.</summary>
    public IReadOnlyList<KlingShot>? MultiPrompt { get; init; }

    /// <summary>Length in whole seconds, 3 to 15. Default 5.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public int? Duration { get; init; }

    /// <summary>The seed, 0 or more: Kinora's own field, which the hosted service ignores.</summary>
    public long? Seed { get; init; }
}
