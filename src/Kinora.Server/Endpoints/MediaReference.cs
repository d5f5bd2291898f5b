using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints;

/// <summary>A medium that a field names, with the limits that the endpoint puts on it.</summary>
/// <param name="Url">An http(s) URL or a data URI, as it came.</param>
/// <param name="Location">The field, for violations: <c>body</c>, <c>start_image_url</c>.</param>
/// <param name="Limits">What it may be.</param>
public sealed record MediaReference(string Url, IReadOnlyList<object> Location, MediaLimits Limits)
{
    /// <summary>The URL as a violation repeats it: cut when long, and of a data URI never its bytes.</summary>
    public JsonNode? QuoteUrl() => Url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        ? string.Create(CultureInfo.InvariantCulture, $"<data URI, {Url.Length} characters>")
        : InputExcerpt.Of(Url);
}
