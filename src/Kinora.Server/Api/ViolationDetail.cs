using System.Collections.Frozen;
using System.Text.Json;
using Kinora.Client.Contracts;
using Kinora.Jobs;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Api;

/// <summary>Turns violations into the <c>detail</c> list of a 422, and into the failure of a job that ends with one.</summary>
public static class ViolationDetail
{
    // The hosted service explains its own types on a page; types of its validation library are passed through without an address.
    private static readonly FrozenSet<string> s_explainedTypes = FrozenSet.ToFrozenSet(
    [
        "internal_server_error", "generation_timeout", "downstream_service_error", "downstream_service_unavailable", "content_policy_violation",
        "no_media_generated", "image_too_small", "image_too_large", "image_load_error", "file_download_error", "face_detection_error", "file_too_large",
        "greater_than", "greater_than_equal", "less_than", "less_than_equal", "multiple_of", "sequence_too_short", "sequence_too_long", "one_of",
        "feature_not_supported", "invalid_archive", "archive_file_count_below_minimum", "archive_file_count_exceeds_maximum",
        "audio_duration_too_long", "audio_duration_too_short", "video_duration_too_long", "video_duration_too_short",
        "unsupported_audio_format", "unsupported_image_format", "unsupported_video_format", "image_aspect_ratio_error",
    ]);

    /// <summary>Makes the failure of a job whose input was refused: never retried, with every violation in <see cref="JobFailure.Detail"/>.</summary>
    /// <param name="violations">One or more.</param>
    public static JobFailure ToFailure(IReadOnlyList<Violation> violations) =>
        new(JobFailureKind.InvalidInput, violations[0].Message, CanRetry: false, ToJson(violations));

    /// <summary>Writes violations as the JSON list that <c>detail</c> holds.</summary>
    public static string ToJson(IReadOnlyList<Violation> violations) =>
        JsonSerializer.Serialize([.. violations.Select(ToWire)], WireJson.Plain.IReadOnlyListErrorDetail);

    private static ErrorDetail ToWire(Violation violation) => new()
    {
        Loc = violation.Location,
        Msg = violation.Message,
        Type = violation.Type,
        Url = UrlOf(violation.Type),
        Ctx = violation.Context,
        Input = violation.Input,
    };

    private static string? UrlOf(string type) => s_explainedTypes.Contains(type) ? $"https://docs.fal.ai/errors/#{type}" : null;
}
