using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Uploads;

/// <summary>What <c>X-Fal-Object-Lifecycle</c> (of an upload) or <c>X-Fal-Object-Lifecycle-Preference</c> (of a request's outputs) asks for.</summary>
/// <param name="Lifetime">How long the file is kept; null: as long as this server keeps files.</param>
/// <param name="Access">Who may read it; null: whoever knows its URL.</param>
internal sealed record FileLifecycle(TimeSpan? Lifetime, FileAccessRules? Access)
{
    public const string Header = "X-Fal-Object-Lifecycle";
    public const string PreferenceHeader = "X-Fal-Object-Lifecycle-Preference";

    private const int MaxLength = 16_384;
    private const double MaxSeconds = 100 * 365.25 * 86_400;

    private static readonly JsonDocumentOptions s_shallow = new() { MaxDepth = 8 };

    /// <summary>Asks for nothing.</summary>
    public static FileLifecycle None { get; } = new(null, null);

    /// <summary>Reads the first of both headers that came.</summary>
    /// <exception cref="FormatException">It is malformed; the message is for the caller.</exception>
    public static FileLifecycle ReadUpload(IHeaderDictionary headers) =>
        headers[Header].ToString() is { Length: > 0 } text ? Parse(text, Header) : ReadPreference(headers) ?? None;

    /// <summary>Reads what a submit asks for its outputs; null if nothing.</summary>
    /// <exception cref="FormatException">It is malformed; the message is for the caller.</exception>
    public static FileLifecycle? ReadPreference(IHeaderDictionary headers) =>
        headers[PreferenceHeader].ToString() is { Length: > 0 } text ? Parse(text, PreferenceHeader) : null;

    /// <summary>Reads what <see cref="ToJson"/> wrote, or a header's value.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="source">Where it comes from, for the message.</param>
    /// <exception cref="FormatException">It is malformed.</exception>
    public static FileLifecycle Parse(string text, string source)
    {
        try
        {
            if (text.Length > MaxLength) throw new FormatException($"it must have at most {MaxLength} characters");
            using var document = JsonDocument.Parse(text, s_shallow);
            return Read(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            var reason = problem is FormatException ? problem.Message : "it is no JSON";
            throw new FormatException($"{source} must be JSON such as {{\"expiration_duration_seconds\": 3600}}: {reason}.", problem);
        }
    }

    /// <summary>JSON text to store with a job.</summary>
    public string ToJson() => StoredJson.Of(writer =>
    {
        writer.WriteStartObject();
        if (Lifetime is { } lifetime) writer.WriteNumber("expiration_duration_seconds", lifetime.TotalSeconds);
        if (Access is not null)
        {
            writer.WritePropertyName("initial_acl");
            Access.Write(writer);
        }

        writer.WriteEndObject();
    });

    private static FileLifecycle Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("it must be an object");
        return new FileLifecycle(
            root.TryGetProperty("expiration_duration_seconds", out var seconds) && seconds.ValueKind != JsonValueKind.Null ? ReadSeconds(seconds) : null,
            root.TryGetProperty("initial_acl", out var acl) && acl.ValueKind != JsonValueKind.Null ? FileAccessRules.Read(acl) : null);
    }

    private static TimeSpan ReadSeconds(JsonElement seconds) =>
        seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out var value) && value is > 0 and <= MaxSeconds
            ? TimeSpan.FromSeconds(value)
            : throw new FormatException("expiration_duration_seconds must be a number above 0 and at most 100 years");
}
