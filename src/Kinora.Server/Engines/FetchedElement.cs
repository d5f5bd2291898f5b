using Kinora.Server.Endpoints;

namespace Kinora.Server.Engines;

/// <summary>An element that lies on this machine: its images, or its video.</summary>
/// <param name="Images">The frontal image where there is one, then the other angles; empty when the element is a video.</param>
/// <param name="Video">The field that named the video, or null.</param>
/// <param name="VideoPath">Where the video is, or null.</param>
internal sealed record FetchedElement(IReadOnlyList<FetchedImage> Images, MediaReference? Video = null, string? VideoPath = null);
