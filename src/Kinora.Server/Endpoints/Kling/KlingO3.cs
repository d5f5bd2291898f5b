using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Endpoints.Kling;

/// <summary>What the image-to-video endpoints of Kling O3 have in common: from a start frame to an end frame, with a prompt, a storyboard or neither.</summary>
internal static class KlingO3
{
    private const string FileName = "output.mp4";

    private static readonly TextField s_prompt = new("prompt")
    {
        Description = "What happens in the video. Give either `prompt` or `multi_prompt`, not both; with neither, the engine chooses the motion.",
        MaxLength = KlingFields.MaxPromptLength,
        Examples = ["The character walks forward slowly, with the camera following from behind."],
        Capability = "Text prompt input",
    };

    private static readonly MediaField s_image = new("image_url")
    {
        Description = "The image the video starts on. jpg, jpeg or png; at most 10 MB, at least 300 px a side, aspect ratio 0.4 to 2.5.",
        IsRequired = true,
        Limits = KlingMedia.Image,
        Examples = ["https://v3b.fal.media/files/b/0a8cfd5a/8ABMp4n9rh3kfD2Rq8fHd_start_frame.png"],
        Capability = "Image input",
    };

    private static readonly MediaField s_endImage = new("end_image_url")
    {
        Description = "The image the video ends on.",
        Limits = KlingMedia.Image,
        Examples = ["https://v3b.fal.media/files/b/0a8d0248/S415GcxackjjLKom6f3jq_VTImWrNO.png"],
        Capability = "End image",
    };

    private static readonly EnumField s_duration = KlingFields.Duration(example: "10");

    private static readonly BooleanField s_generateAudio = new("generate_audio")
    {
        Description = "Whether the video gets a soundtrack.",
        Default = false,
        Capability = "Native audio",
    };

    /// <summary>
    /// Defines one of them. The hosted service's text says "either prompt or multi_prompt must be provided", its own example sends neither;
    /// the example decides, since refusing what the documents show would be the worse mistake.
    /// </summary>
    /// <param name="tier">Its name for people, for example <c>Standard</c>.</param>
    /// <param name="segment">Its name in the id, for example <c>standard</c>.</param>
    /// <param name="resolution">How large its clips are.</param>
    /// <param name="price">What the hosted service charges for it.</param>
    public static ModelEndpoint Define(string tier, string segment, ResolutionClass resolution, EndpointPrice price) => new()
    {
        Id = $"fal-ai/kling-video/o3/{segment}/image-to-video",
        Title = $"Kling Video O3 {tier} Image to Video",
        Description = $"Takes a start frame and an end frame and animates the transition between them in {resolution.Name}, guided by a prompt or a storyboard.",
        Tags = ["start and end frame", "storyboard"],
        Price = price,
        Resolution = resolution,
        OutputFileName = FileName,
        Input = new ObjectField<ClipRequest>($"KlingVideoO3{tier}ImageToVideoInput")
        {
            Fields = [s_prompt, s_image, s_endImage, s_duration, s_generateAudio, KlingStoryboard.MultiPrompt, KlingFields.ShotType, KlingFields.Seed],
            Rules = [KlingStoryboard.NotBoth(s_prompt), KlingStoryboard.FitsClip],
            Build = input => ToClip(input, resolution, price),
        },
    };

    private static ClipRequest ToClip(InputValues input, ResolutionClass resolution, EndpointPrice price) => new()
    {
        Shots = KlingStoryboard.ShotsOf(input, s_prompt, s_duration),
        StartImage = input.Get(s_image)!,
        EndImage = input.Get(s_endImage),
        GenerateAudio = input.Get(s_generateAudio),
        DirectorMayCut = KlingStoryboard.MayCut(input),
        Seed = input.Get(KlingFields.Seed),
        Resolution = resolution,
        OutputFileName = FileName,
        UnitPrice = price.PerSecond(input.Get(s_generateAudio)),
    };
}
