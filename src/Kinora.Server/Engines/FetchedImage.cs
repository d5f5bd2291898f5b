using Kinora.Media.Images;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Engines;

/// <summary>A picture that lies on this machine and whose header is acceptable.</summary>
/// <param name="Reference">The field that named it.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Header">What it says about itself.</param>
internal sealed record FetchedImage(MediaReference Reference, string Path, ImageHeader Header);
