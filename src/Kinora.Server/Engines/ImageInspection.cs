using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Images;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Engines;

/// <summary>
/// Holds a fetched picture against its endpoint's limits by its header alone, and says what is wrong in the vocabulary of the hosted service's error reference.
/// The messages name formats and sizes, never files of this machine.
/// </summary>
internal static class ImageInspection
{
    /// <summary>Reads the header of the file at <paramref name="path"/> and checks it.</summary>
    /// <returns>The header, or the first thing that is wrong.</returns>
    public static (ImageHeader? Header, Violation? Violation) Inspect(MediaReference reference, string path)
    {
        try
        {
            var header = ImageHeader.Read(path);
            return Check(reference, header) is { } violation ? (null, violation) : (header, null);
        }
        catch (MediaException problem)
        {
            return (null, Explain(reference, problem));
        }
    }

    /// <summary>What a refusal of the decoder is called on the wire.</summary>
    public static Violation Explain(MediaReference reference, MediaException problem) => problem switch
    {
        UnsupportedMediaException unsupported => Unsupported(reference, unsupported.Format),
        MediaTooLargeException => TooLarge(reference),
        _ => Violation(reference, "image_load_error", "The image could not be loaded: the file is damaged or incomplete.", null),
    };

    private static Violation? Check(MediaReference reference, ImageHeader header)
    {
        var limits = reference.Limits;
        if (!limits.Formats.Contains(ImageSignature.ExtensionOf(header.Format)))
            return Unsupported(reference, ImageSignature.ExtensionOf(header.Format));
        if (header.IsAnimated)
            return Unsupported(reference, "animated " + ImageSignature.ExtensionOf(header.Format));
        if (Math.Min(header.Width, header.Height) < limits.MinSidePixels)
            return TooSmall(reference);
        if (Math.Max(header.Width, header.Height) > limits.MaxSidePixels)
            return TooLarge(reference);
        var ratio = (double)header.Width / header.Height;
        return ratio < limits.MinAspectRatio || ratio > limits.MaxAspectRatio ? WrongAspectRatio(reference, ratio) : null;
    }

    private static Violation Unsupported(MediaReference reference, string format) => Violation(
        reference,
        "unsupported_image_format",
        $"Unsupported image format: the file is {format}; supported are {string.Join(", ", reference.Limits.Formats)}.",
        new JsonObject { ["supported_formats"] = new JsonArray([.. reference.Limits.Formats.Select(format => (JsonNode)format)]) });

    private static Violation TooSmall(MediaReference reference) => Violation(
        reference,
        "image_too_small",
        $"Image too small. Minimum dimensions are {reference.Limits.MinSidePixels}x{reference.Limits.MinSidePixels} pixels.",
        new JsonObject { ["min_height"] = reference.Limits.MinSidePixels, ["min_width"] = reference.Limits.MinSidePixels });

    private static Violation TooLarge(MediaReference reference) => Violation(
        reference,
        "image_too_large",
        $"Image too large. Maximum dimensions are {reference.Limits.MaxSidePixels}x{reference.Limits.MaxSidePixels} pixels.",
        new JsonObject { ["max_height"] = reference.Limits.MaxSidePixels, ["max_width"] = reference.Limits.MaxSidePixels });

    private static Violation WrongAspectRatio(MediaReference reference, double ratio) => Violation(
        reference,
        "image_aspect_ratio_error",
        string.Create(CultureInfo.InvariantCulture, $"Image aspect ratio {ratio:0.##} is not between {reference.Limits.MinAspectRatio} and {reference.Limits.MaxAspectRatio}."),
        new JsonObject { ["min_aspect_ratio"] = reference.Limits.MinAspectRatio, ["max_aspect_ratio"] = reference.Limits.MaxAspectRatio });

    private static Violation Violation(MediaReference reference, string type, string message, JsonObject? context) =>
        new(reference.Location, message, type, context, reference.QuoteUrl());
}
