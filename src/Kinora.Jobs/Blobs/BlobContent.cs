namespace Kinora.Jobs.Blobs;

/// <summary>An open blob. Dispose it to close the stream.</summary>
/// <param name="Stream">Seekable, at position 0.</param>
/// <param name="LengthBytes">The blob's size.</param>
/// <param name="ContentType">As given when it was stored.</param>
/// <param name="LastModified">When it was stored.</param>
public sealed record BlobContent(Stream Stream, long LengthBytes, string ContentType, DateTimeOffset LastModified) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
