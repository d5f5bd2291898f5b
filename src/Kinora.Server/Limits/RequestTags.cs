using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Limits;

/// <summary>Reads <c>X-Fal-Tags</c>: a JSON object of strings, or pairs as <c>team=video,stage=ci</c>.</summary>
internal static class RequestTags
{
    public const int MaxCount = 10;
    public const int MaxLength = 256;

    /// <summary>Gives the tags as a JSON object, or null if they are malformed, too many or too long.</summary>
    public static string? TryRead(string text)
    {
        var tags = text.StartsWith('{') ? ReadObject(text) : ReadPairs(text);
        var isFine = tags is { Count: > 0 and <= MaxCount } && tags.All(tag => tag.Key.Length is > 0 and <= MaxLength && tag.Value.Length <= MaxLength);
        return isFine ? new JsonObject(tags!.Select(tag => KeyValuePair.Create<string, JsonNode?>(tag.Key, tag.Value))).ToJsonString() : null;
    }

    private static Dictionary<string, string>? ReadObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var properties = document.RootElement.EnumerateObject().ToList();
            return properties.All(property => property.Value.ValueKind == JsonValueKind.String)
                ? properties.DistinctBy(property => property.Name).ToDictionary(property => property.Name, property => property.Value.GetString()!)
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Dictionary<string, string>? ReadPairs(string text)
    {
        var tags = new Dictionary<string, string>();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) return null;
            tags[pair[..at].TrimEnd()] = pair[(at + 1)..].TrimStart();
        }

        return tags;
    }
}
