namespace Kinora.Client.Contracts;

/// <summary>A character or object to keep (<c>KlingV3ComboElementInput</c>): an image set, or a video.</summary>
public sealed record KlingElement
{
    /// <summary>Main view.</summary>
    public string? FrontalImageUrl { get; init; }

    /// <summary>1 to 3 further views.</summary>
    public IReadOnlyList<string>? ReferenceImageUrls { get; init; }

    /// <summary>The element as a video, instead of images. Only one element of a request may be a video.</summary>
    public string? VideoUrl { get; init; }

    /// <summary>The voice it speaks with.</summary>
    public string? VoiceId { get; init; }
}
