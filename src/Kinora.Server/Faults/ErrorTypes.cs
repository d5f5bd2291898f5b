using System.Diagnostics.CodeAnalysis;

namespace Kinora.Server.Faults;

/// <summary>Every error type that the hosted service documents: its model errors (docs, "errors") and its request errors (docs, "request errors").</summary>
internal static class ErrorTypes
{
    /// <summary>All types, the model's first.</summary>
    public static IReadOnlyList<ErrorType> All { get; } =
    [
        Model("internal_server_error", 500, "Internal server error."),
        Model("generation_timeout", 504, "The generation took too long."),
        Model("downstream_service_error", 400, "A downstream service failed."),
        Model("downstream_service_unavailable", 500, "A downstream service is unavailable."),
        Model("content_policy_violation", 422, "The content could not be processed because it was flagged by a content checker."),
        Model("no_media_generated", 422, "No media was generated."),
        Model("image_too_small", 422, "Image too small. Minimum dimensions are 300x300 pixels.", """{"min_height":300,"min_width":300}"""),
        Model("image_too_large", 422, "Image too large. Maximum dimensions are 8192x8192 pixels.", """{"max_height":8192,"max_width":8192}"""),
        Model("image_load_error", 422, "Failed to load the image."),
        Model("file_download_error", 422, "Failed to download the file."),
        Model("face_detection_error", 422, "No face was detected in the image."),
        Model("file_too_large", 422, "File size exceeds the limit of 10485760 bytes.", """{"max_size":10485760}"""),
        Model("greater_than", 422, "Input should be greater than 0", """{"gt":0}"""),
        Model("greater_than_equal", 422, "Input should be greater than or equal to 0", """{"ge":0}"""),
        Model("less_than", 422, "Input should be less than 1", """{"lt":1}"""),
        Model("less_than_equal", 422, "Input should be less than or equal to 1", """{"le":1}"""),
        Model("multiple_of", 422, "Input should be a multiple of 8", """{"multiple_of":8}"""),
        Model("sequence_too_short", 422, "Sequence should have at least 1 item", """{"min_length":1}"""),
        Model("sequence_too_long", 422, "Sequence should have at most 6 items", """{"max_length":6}"""),
        Model("one_of", 422, "Input should be one of the allowed values", """{"expected":["customize","intelligent"]}"""),
        Model("feature_not_supported", 422, "This feature is not supported."),
        Model("invalid_archive", 422, "The archive cannot be read.", """{"supported_extensions":[".zip"]}"""),
        Model("archive_file_count_below_minimum", 422, "The archive holds too few files.", """{"min_count":4,"provided_count":1}"""),
        Model("archive_file_count_exceeds_maximum", 422, "The archive holds too many files.", """{"max_count":100,"provided_count":101}"""),
        Model("audio_duration_too_long", 422, "Audio is too long.", """{"max_duration":60,"provided_duration":61}"""),
        Model("audio_duration_too_short", 422, "Audio is too short.", """{"min_duration":3,"provided_duration":1}"""),
        Model("video_duration_too_long", 422, "Video is too long.", """{"max_duration":10.05,"provided_duration":11}"""),
        Model("video_duration_too_short", 422, "Video is too short.", """{"min_duration":3,"provided_duration":1}"""),
        Model("unsupported_audio_format", 422, "Unsupported audio format.", """{"supported_formats":["mp3","wav"]}"""),
        Model("unsupported_image_format", 422, "Unsupported image format.", """{"supported_formats":["jpg","jpeg","png"]}"""),
        Model("unsupported_video_format", 422, "Unsupported video format.", """{"supported_formats":["mp4","mov"]}"""),
        Model("image_aspect_ratio_error", 422, "Image aspect ratio must be between 0.40 and 2.50.", """{"max_aspect_ratio":2.5,"min_aspect_ratio":0.4}"""),
        Request("request_timeout", 504, "Request timed out", isRetried: true),
        Request("startup_timeout", 504, "Runner startup timed out", isRetried: true),
        Request("runner_scheduling_failure", 503, "No runner could be scheduled", isRetried: true),
        Request("runner_connection_timeout", 503, "Connection to the runner timed out", isRetried: true),
        Request("runner_disconnected", 503, "Runner disconnected", isRetried: true),
        Request("runner_connection_refused", 503, "Connection to the runner was refused", isRetried: true),
        Request("runner_connection_error", 503, "Connection to the runner failed", isRetried: true),
        Request("runner_incomplete_response", 502, "Runner sent an incomplete response"),
        Request("runner_server_error", 500, "Internal Server Error"),
        Request("client_disconnected", 499, "Client disconnected"),
        Request("client_cancelled", 499, "Request was cancelled"),
        Request("bad_request", 400, "Bad request"),
        Request("internal_error", 500, "Internal error"),
    ];

    private static readonly Dictionary<string, ErrorType> s_byName = All.ToDictionary(type => type.Name);

    /// <summary>Finds a type by its name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out ErrorType? type) => s_byName.TryGetValue(name, out type);

    private static ErrorType Model(string name, int statusCode, string message, string? context = null) => new(name, statusCode, message, true, context);

    private static ErrorType Request(string name, int statusCode, string message, bool isRetried = false) =>
        new(name, statusCode, message, false, IsRetried: isRetried);
}
