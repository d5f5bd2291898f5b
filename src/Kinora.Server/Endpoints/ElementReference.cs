namespace Kinora.Server.Endpoints;

/// <summary>An element of the picture: an image set or a video.</summary>
/// <param name="FrontalImage">Main view, or null when the element is a video.</param>
/// <param name="ReferenceImages">Further angles.</param>
/// <param name="Video">The element as a video, or null when it is an image set.</param>
public sealed record ElementReference(MediaReference? FrontalImage, IReadOnlyList<MediaReference> ReferenceImages, MediaReference? Video);
