namespace Kinora.Jobs.Blobs;

/// <summary>A blob in a listing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LengthBytes">Its size.</param>
/// <param name="LastModified">When it was stored.</param>
public sealed record StoredBlob(string Name, long LengthBytes, DateTimeOffset LastModified);
