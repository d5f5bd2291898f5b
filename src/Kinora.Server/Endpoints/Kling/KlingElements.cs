using System.Text.Json.Nodes;
using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Endpoints.Kling;

/// <summary>Characters and objects that a prompt may name: each an image set, or a video.</summary>
internal static class KlingElements
{
    private static readonly MediaField s_frontalImage = new("frontal_image_url")
    {
        Description = "Main view of the element.",
        Limits = KlingMedia.Image,
    };

    private static readonly ListField<MediaReference> s_referenceImages = new("reference_image_urls", new MediaField("reference_image_url") { Limits = KlingMedia.Image })
    {
        Description = "1 to 3 further views of the element. At least one goes with a frontal image.",
        MaxItems = 3,
    };

    private static readonly MediaField s_video = new("video_url")
    {
        Description = "The element as a video, instead of images. Only one element of a request may be a video.",
        Limits = KlingMedia.ElementVideo,
    };

    private static readonly TextField s_voice = new("voice_id")
    {
        Description = "The voice the element speaks with, from the hosted service's voice endpoint. It counts for the price; engines without that voice use their own.",
        MaxLength = 256,
    };

    private static readonly ObjectField<Element> s_one = new("KlingV3ComboElementInput")
    {
        Fields = [s_frontalImage, s_referenceImages, s_video, s_voice],
        Rules = [new InputRule([s_frontalImage, s_referenceImages, s_video], FindMixture)],
        Build = element => new Element(
            new ElementReference(element.Get(s_frontalImage), element.Get(s_referenceImages) ?? [], element.Get(s_video)),
            HasVoice: !string.IsNullOrWhiteSpace(element.Get(s_voice))),
    };

    /// <summary>The elements of a request. The hosted service names no limit; the model behind it takes three.</summary>
    public static ListField<Element> Elements { get; } = new("elements", s_one)
    {
        Description = "Up to 3 characters or objects to keep in the video, each an image set (frontal and reference images) or a video. The prompt calls them `@Element1`, `@Element2`…",
        MaxItems = 3,
        Examples =
        [
            new JsonArray(
                new JsonObject
                {
                    ["frontal_image_url"] = "https://v3b.fal.media/files/b/0a8cfd5f/-kZL-ha3Iuelku5IHXC-A_glasses.png",
                    ["reference_image_urls"] = new JsonArray("https://v3b.fal.media/files/b/0a8cfd62/psPCmzrD1y9vDgdyNfKAL_glasses_back.png"),
                },
                new JsonObject { ["video_url"] = "https://v3b.fal.media/files/b/0a8cfd66/b03SOiQvKLlFx_jqdNZ9z_child_video.mp4" }),
        ],
        Capability = "Elements",
    };

    /// <summary>No more than one element is a video.</summary>
    public static InputRule OneVideo { get; } = new([Elements], input =>
        input.Get(Elements)?.Count(element => element.Reference.Video is not null) > 1 ? "Only one element may have a video" : null)
    {
        At = Elements,
    };

    private static string? FindMixture(InputValues element)
    {
        var hasFrontal = element.IsGiven(s_frontalImage);
        var hasReferences = element.Get(s_referenceImages) is { Count: > 0 };
        return (element.IsGiven(s_video), hasFrontal, hasReferences) switch
        {
            (true, false, false) or (false, true, true) => null,
            (true, _, _) => "An element is either an image set or a video, but not both",
            (false, true, false) => "At least one reference image is required with a frontal image",
            (false, false, true) => "A frontal image is required with reference images",
            (false, false, false) => "An element needs a frontal image with reference images, or a video",
        };
    }

    /// <summary>An element with what only the price needs to know of it.</summary>
    public sealed record Element(ElementReference Reference, bool HasVoice);
}
