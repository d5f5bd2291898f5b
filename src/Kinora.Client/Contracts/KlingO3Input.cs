namespace Kinora.Client.Contracts;

/// <summary>The input of the image-to-video endpoints of Kling O3: from a start frame to an end frame.</summary>
public abstract record KlingO3Input : KlingInput
{
    private protected KlingO3Input()
    {
    }

    /// <summary>The image the video starts on.</summary>
    public required MediaInput ImageUrl { get; init; }

    /// <summary>The image the video ends on.</summary>
    public MediaInput? EndImageUrl { get; init; }

    /// <summary>Whether the video gets a soundtrack. Default false.</summary>
    public bool? GenerateAudio { get; init; }

    /// <summary><c>customize</c> (the default) or <c>intelligent</c>.</summary>
    public string? ShotType { get; init; }

    private protected override IEnumerable<MediaInput?> Media => [ImageUrl, EndImageUrl];
}
