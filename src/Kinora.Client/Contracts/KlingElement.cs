namespace Kinora.Client.Contracts;

/// <summary>A character or object to keep (<c>KlingV3ComboElementInput</c>): an image set, or a video.</summary>
public sealed record KlingElement
{
    /// <summary>Main view.</summary>
    public MediaInput? FrontalImageUrl { get; init; }

    /// <summary>1 to 3 further views.</summary>
    public IReadOnlyList<MediaInput>? ReferenceImageUrls { get; init; }

    /// <summary>The element as a video, instead of images. Only one element of a request may be a video.</summary>
    public MediaInput? VideoUrl { get; init; }

    /// <summary>The voice it speaks with.</summary>
    public string? VoiceId { get; init; }

    internal IEnumerable<MediaInput?> Media => [FrontalImageUrl, .. ReferenceImageUrls ?? [], VideoUrl];
}
