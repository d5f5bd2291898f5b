using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>One shot of a storyboard (<c>KlingV3MultiPromptElement</c>).</summary>
public sealed record KlingShot
{
    /// <summary>What happens in this shot.</summary>
    public required string Prompt { get; init; }

    /// <summary>Length in whole seconds, 1 to 15. Default 5.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public int? Duration { get; init; }
}
