namespace Kinora.Client.Contracts;

/// <summary>The input of the image-to-video endpoints of Kling 3.0 Turbo, which always have sound.</summary>
public abstract record KlingV3TurboInput : KlingInput
{
    private protected KlingV3TurboInput()
    {
    }

    /// <summary>The image the video starts on.</summary>
    public required MediaInput ImageUrl { get; init; }

    private protected override IEnumerable<MediaInput?> Media => [ImageUrl];
}
