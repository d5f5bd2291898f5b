namespace Kinora.Server.Engines;

/// <summary>A look at a clip in the making.</summary>
/// <param name="Jpeg">A JPEG of at most <see cref="PreviewFeed.LongestSidePixels"/> pixels a side.</param>
/// <param name="Version">Grows with every new picture of a job, from 1: a fit for an entity tag.</param>
internal sealed record JobPreview(ReadOnlyMemory<byte> Jpeg, int Version);
