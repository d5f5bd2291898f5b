namespace Kinora.Client.Contracts;

/// <summary>The input of the image-to-video endpoints of Kling 3.0: give either <see cref="KlingInput.Prompt"/> or <see cref="KlingInput.MultiPrompt"/>.</summary>
public abstract record KlingV3Input : KlingInput
{
    private protected KlingV3Input()
    {
    }

    /// <summary>The image the video starts on.</summary>
    public required MediaInput StartImageUrl { get; init; }

    /// <summary>Whether the video gets a soundtrack. Default true.</summary>
    public bool? GenerateAudio { get; init; }

    /// <summary>The image the video ends on.</summary>
    public MediaInput? EndImageUrl { get; init; }

    /// <summary>Up to 3 characters or objects that the prompt calls <c>@Element1</c>, <c>@Element2</c>…</summary>
    public IReadOnlyList<KlingElement>? Elements { get; init; }

    /// <summary><c>customize</c> (the default) or <c>intelligent</c>.</summary>
    public string? ShotType { get; init; }

    /// <summary>What the video should not show. Default <c>blur, distort, and low quality</c>.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>How closely to keep to the prompt, 0 to 1. Default 0.5.</summary>
    public double? CfgScale { get; init; }

    private protected override IEnumerable<MediaInput?> Media => [StartImageUrl, EndImageUrl, .. (Elements ?? []).SelectMany(element => element.Media)];
}
