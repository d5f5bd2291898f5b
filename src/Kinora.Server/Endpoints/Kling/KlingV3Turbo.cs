using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Endpoints.Kling;

/// <summary>What the image-to-video endpoints of Kling 3.0 Turbo have in common: a start image, a prompt or a storyboard or neither, and always sound.</summary>
internal static class KlingV3Turbo
{
    private const string FileName = "output.mp4";

    private static readonly TextField s_prompt = new("prompt")
    {
        Description = "What happens in the video. Optional; not together with `multi_prompt`.",
        MaxLength = KlingFields.MaxPromptLength,
        Examples = ["He sways gently into the note, cheeks pressing, sweat glistening, smoke drifting through the warm light. The camera eases in slowly. Photorealistic, soulful, moody."],
        Capability = "Text prompt input",
    };

    private static readonly MediaField s_image = new("image_url")
    {
        Description = "The image the video starts on. jpg, jpeg or png; at most 50 MB, at least 300 px a side, aspect ratio 1:2.5 to 2.5:1.",
        IsRequired = true,
        Limits = KlingMedia.TurboImage,
        Examples = ["https://v3b.fal.media/files/b/0a9ea079/Y8Pn9lNLLpGQtECV5LgX3_d6533d99ec5f45d88923f8e2bc41ad8d.png"],
        Capability = "Image input",
    };

    private static readonly EnumField s_duration = KlingFields.Duration();

    /// <summary>Defines one of them.</summary>
    /// <param name="tier">Its name for people, for example <c>Standard</c>.</param>
    /// <param name="segment">Its name in the id, for example <c>standard</c>.</param>
    /// <param name="resolution">How large its clips are.</param>
    /// <param name="price">What the hosted service charges for it.</param>
    public static ModelEndpoint Define(string tier, string segment, ResolutionClass resolution, EndpointPrice price) => new()
    {
        Id = $"fal-ai/kling-video/v3/turbo/{segment}/image-to-video",
        Title = $"Kling Video V3 {tier} Turbo Image to Video",
        Description = $"Animates a start image in {resolution.Name} with sound, quickly: with a prompt, with a storyboard, or left to itself.",
        Tags = ["stylized", "transform", "lipsync"],
        Price = price,
        Resolution = resolution,
        OutputFileName = FileName,
        Input = new ObjectField<ClipRequest>($"KlingVideoV3Turbo{tier}ImageToVideoInput")
        {
            Fields = [s_prompt, KlingStoryboard.MultiPrompt, s_image, s_duration, KlingFields.Seed],
            Rules = [KlingStoryboard.NotBoth(s_prompt), KlingStoryboard.FitsClip],
            Build = input => ToClip(input, resolution, price),
        },
    };

    private static ClipRequest ToClip(InputValues input, ResolutionClass resolution, EndpointPrice price) => new()
    {
        Shots = KlingStoryboard.ShotsOf(input, s_prompt, s_duration),
        StartImage = input.Get(s_image)!,
        GenerateAudio = true,
        Seed = input.Get(KlingFields.Seed),
        Resolution = resolution,
        OutputFileName = FileName,
        UnitPrice = price.PerSecond(audio: true),
    };
}
