namespace Kinora.Client;

/// <summary>
/// Paths of the protocol. Requests live under their application, <c>owner/alias</c>, and not under the whole endpoint id:
/// <c>fal-ai/kling-video/requests/{id}</c> for every Kling endpoint.
/// </summary>
internal static class EndpointPath
{
    /// <summary>The path of a request or of something below it.</summary>
    /// <exception cref="ArgumentException">The endpoint id has no owner and alias.</exception>
    public static string OfRequest(string endpointId, string requestId, string below = "") =>
        $"{ApplicationOf(endpointId)}/requests/{Uri.EscapeDataString(requestId)}{below}";

    /// <summary>The endpoint's own path.</summary>
    /// <exception cref="ArgumentException">The endpoint id has no owner and alias.</exception>
    public static string OfEndpoint(string endpointId)
    {
        _ = ApplicationOf(endpointId);
        return Join(endpointId.Trim('/').Split('/'));
    }

    private static string ApplicationOf(string endpointId)
    {
        var parts = endpointId.Trim('/').Split('/');
        var count = parts[0] is "workflows" or "comfy" ? 3 : 2;
        return parts.Length >= count && parts.All(part => part.Length > 0)
            ? Join(parts.Take(count))
            : throw new ArgumentException($"Expected an endpoint id such as fal-ai/kling-video/v3/standard/image-to-video, got '{endpointId}'.", nameof(endpointId));
    }

    private static string Join(IEnumerable<string> parts) => string.Join('/', parts.Select(Uri.EscapeDataString));
}
