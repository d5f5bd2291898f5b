using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints.Fields;

/// <summary>
/// A medium, named by an http(s) URL or carried in a data URI. Only the writing is checked here; <c>Fetching</c> holds what it finds there against <see cref="Limits"/>.
/// </summary>
public sealed class MediaField(string name) : InputField<MediaReference>(name)
{
    /// <summary>Longest accepted URL in characters, the hosted service's own limit; data URIs are limited by the size of what they carry.</summary>
    public const int MaxUrlLength = 2048;

    /// <summary>No media type with its parameters is longer than this.</summary>
    private const int MaxDataUriHeaderLength = 256;

    /// <summary>What the medium may be.</summary>
    public required MediaLimits Limits { get; init; }

    /// <inheritdoc/>
    public override string TypeName => "string";

    // A URL has a longest length, a data URI has not, so the schema names none.
    internal override JsonObject DescribeType(SchemaComponents components) => new() { ["type"] = "string", ["x-kinora-media"] = Limits.Describe() };

    internal override bool TryRead(JsonNode? given, IReadOnlyList<object> at, ICollection<Violation> violations, out MediaReference? value)
    {
        value = null;
        if (!TextField.TryReadText(given, at, violations, out var url))
        {
            return false;
        }

        var violation = url!.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? CheckDataUri(url, at, given) : CheckUrl(url, at, given);
        value = new MediaReference(url, at, Limits);
        return violation is null || Refuse(violations, violation);
    }

    private static Violation? CheckUrl(string url, IReadOnlyList<object> at, JsonNode? given)
    {
        if (url.Length > MaxUrlLength)
        {
            return Violations.StringTooLong(at, MaxUrlLength, given);
        }

        var isAbsolute = Uri.TryCreate(url, UriKind.Absolute, out var uri);
        return isAbsolute && uri!.Scheme is "http" or "https" && uri.Host.Length > 0 ? null : NoFile(at, given, "Expected an http or https URL or a data URI.");
    }

    private Violation? CheckDataUri(string url, IReadOnlyList<object> at, JsonNode? given)
    {
        var comma = url.AsSpan(0, Math.Min(url.Length, MaxDataUriHeaderLength)).IndexOf(',');
        if (comma < 0)
        {
            return NoFile(at, given, "A data URI has a comma between its media type and its data.");
        }

        // Each character of base64 carries three quarters of a byte; anything else at most one byte.
        var isBase64 = url.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        var leastBytes = isBase64 ? ((url.Length - comma - 1L) / 4 * 3) - 2 : (url.Length - comma - 1L) / 3;
        return leastBytes <= Limits.MaxBytes
            ? null
            : Violations.Beyond(at, "file_too_large", "max_size", Limits.MaxBytes, $"File size exceeds the maximum allowed size of {Limits.MaxBytes} bytes.", given);
    }

    private static Violation NoFile(IReadOnlyList<object> at, JsonNode? given, string expectation) =>
        new(at, $"Failed to download the file. {expectation}", "file_download_error", Input: InputExcerpt.Of(given));
}
