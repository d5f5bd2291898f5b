using Kinora.Server.Endpoints;

namespace Kinora.Server.Engines;

/// <summary>An element that lies on this machine: its frontal image, or its video.</summary>
/// <param name="Image">The frontal image, or null when the element is a video.</param>
/// <param name="Video">The field that named the video, or null.</param>
/// <param name="VideoPath">Where the video is, or null.</param>
internal sealed record FetchedElement(FetchedImage? Image, MediaReference? Video = null, string? VideoPath = null);
