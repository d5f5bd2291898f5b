namespace Kinora.Media.Ffmpeg;

/// <summary>A finished MP4.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="FrameCount">Frames in it.</param>
/// <param name="Duration">How long it is.</param>
public sealed record EncodedVideo(string Path, long Bytes, int FrameCount, TimeSpan Duration);
