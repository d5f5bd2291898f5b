namespace Kinora.Media.Ffmpeg;

/// <summary>How a video's numbers mean colours, in ffmpeg's names; null where the file does not say.</summary>
/// <param name="Range"><c>tv</c> (limited) or <c>pc</c> (full).</param>
/// <param name="Matrix">For example <c>bt709</c>.</param>
/// <param name="Transfer">For example <c>bt709</c>.</param>
/// <param name="Primaries">For example <c>bt709</c>.</param>
public sealed record ColorTags(string? Range, string? Matrix, string? Transfer, string? Primaries);
