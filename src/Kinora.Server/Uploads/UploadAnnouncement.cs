using System.Net.Http.Headers;

namespace Kinora.Server.Uploads;

/// <summary>What is known of an upload before its first byte.</summary>
/// <param name="Owner">Whose it will be.</param>
/// <param name="FileName">As the client calls it; only its harmless letters become part of the URL.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="AnnouncedBytes">Its size, if the client said.</param>
/// <param name="IsMultipart">Whether it comes in parts.</param>
/// <param name="Lifecycle">How long and for whom it will be there.</param>
internal sealed record UploadAnnouncement(string Owner, string FileName, string ContentType, long? AnnouncedBytes, bool IsMultipart, FileLifecycle Lifecycle)
{
    /// <summary>The type of what has none.</summary>
    public const string UntypedContent = "application/octet-stream";

    private const int MaxTypeLength = 255;

    /// <summary>Whether a text can be sent as <c>Content-Type</c> (RFC 9110, section 8.3).</summary>
    public static bool IsContentType(string text) =>
        text.Length <= MaxTypeLength && text.All(char.IsAscii) && !text.Any(char.IsControl) && MediaTypeHeaderValue.TryParse(text, out _);
}
