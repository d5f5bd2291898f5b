namespace Kinora.Server.Playground;

/// <summary>A file of the page.</summary>
/// <param name="Content">As it is.</param>
/// <param name="Brotli">Compressed (RFC 7932); null where that gains nothing.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Tag">Its entity tag, in quotation marks: other content, other tag.</param>
internal sealed record PageFile(byte[] Content, byte[]? Brotli, string ContentType, string Tag);
