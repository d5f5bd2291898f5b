namespace Kinora.Jobs.Files;

/// <summary>A part of an upload that has come in.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="LengthBytes">Its size in bytes; may be 0.</param>
/// <param name="Tag">Names its content: a SHA-256 in hexadecimal digits.</param>
/// <param name="BlobName">Where its content waits, wherever it came in.</param>
public sealed record UploadPart(int Number, long LengthBytes, string Tag, string BlobName);
