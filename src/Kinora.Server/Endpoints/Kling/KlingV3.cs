using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Endpoints.Kling;

/// <summary>What the image-to-video endpoints of Kling 3.0 have in common: start and end image, storyboard, elements, sound, negative prompt and guidance.</summary>
internal static class KlingV3
{
    private const string FileName = "out.mp4";

    private static readonly TextField s_prompt = new("prompt")
    {
        Description = "What happens in the video. Give either `prompt` or `multi_prompt`, not both.",
        MaxLength = KlingFields.MaxPromptLength,
        Examples = ["Camera slowly orbits around the vase. Soft light shifts across the ceramic surface. The pampas grass sways gently. Shadows move elegantly. Smooth continuous motion, premium feel."],
        Capability = "Text prompt input",
    };

    private static readonly MediaField s_startImage = new("start_image_url")
    {
        Description = "The image the video starts on. jpg, jpeg or png; at most 10 MB, at least 300 px a side, aspect ratio 0.4 to 2.5.",
        IsRequired = true,
        Limits = KlingMedia.Image,
        Examples = ["https://storage.googleapis.com/falserverless/example_inputs/kling-v3/standard-i2v/start_image.png"],
        Capability = "Image input",
    };

    private static readonly EnumField s_duration = KlingFields.Duration(example: "12");

    private static readonly BooleanField s_generateAudio = new("generate_audio")
    {
        Description = "Whether the video gets a soundtrack.",
        Default = true,
        Capability = "Native audio",
    };

    private static readonly MediaField s_endImage = new("end_image_url")
    {
        Description = "The image the video ends on.",
        Limits = KlingMedia.Image,
        Capability = "End image",
    };

    private static readonly TextField s_negativePrompt = new("negative_prompt")
    {
        Description = "What the video should not show.",
        MaxLength = KlingFields.MaxPromptLength,
        Default = "blur, distort, and low quality",
        Capability = "Negative prompt",
    };

    private static readonly NumberField s_cfgScale = new("cfg_scale")
    {
        Description = "How closely to keep to the prompt (classifier-free guidance): 0 loosely, 1 strictly.",
        Minimum = 0,
        Maximum = 1,
        Default = 0.5,
        Capability = "Guidance scale",
    };

    /// <summary>Defines one of them.</summary>
    /// <param name="tier">Its name for people, for example <c>Standard</c>.</param>
    /// <param name="segment">Its name in the id, for example <c>standard</c>.</param>
    /// <param name="resolution">How large its clips are.</param>
    /// <param name="price">What the hosted service charges for it.</param>
    public static ModelEndpoint Define(string tier, string segment, ResolutionClass resolution, EndpointPrice price) => new()
    {
        Id = $"fal-ai/kling-video/v3/{segment}/image-to-video",
        Title = $"Kling Video V3 {tier} Image to Video",
        Description = $"Animates a start image in {resolution.Name}, to an end image if there is one: a prompt or a storyboard of shots, elements to keep, and sound.",
        Tags = ["storyboard", "elements", "native audio"],
        Price = price,
        Resolution = resolution,
        OutputFileName = FileName,
        Input = new ObjectField<ClipRequest>($"KlingVideoV3{tier}ImageToVideoInput")
        {
            Fields =
            [
                s_prompt, KlingStoryboard.MultiPrompt, s_startImage, s_duration, s_generateAudio, s_endImage,
                KlingElements.Elements, KlingFields.ShotType, s_negativePrompt, s_cfgScale, KlingFields.Seed,
            ],
            Rules = [KlingStoryboard.EitherOr(s_prompt), KlingStoryboard.FitsClip, KlingElements.OneVideo],
            Build = input => ToClip(input, resolution, price),
        },
    };

    private static ClipRequest ToClip(InputValues input, ResolutionClass resolution, EndpointPrice price)
    {
        var elements = input.Get(KlingElements.Elements) ?? [];
        return new ClipRequest
        {
            Shots = KlingStoryboard.ShotsOf(input, s_prompt, s_duration),
            StartImage = input.Get(s_startImage)!,
            EndImage = input.Get(s_endImage),
            Elements = [.. elements.Select(element => element.Reference)],
            GenerateAudio = input.Get(s_generateAudio),
            NegativePrompt = input.Get(s_negativePrompt),
            CfgScale = input.Get(s_cfgScale),
            DirectorMayCut = KlingStoryboard.MayCut(input),
            Seed = input.Get(KlingFields.Seed),
            Resolution = resolution,
            OutputFileName = FileName,
            UnitPrice = price.PerSecond(input.Get(s_generateAudio), elements.Any(element => element.HasVoice)),
        };
    }
}
