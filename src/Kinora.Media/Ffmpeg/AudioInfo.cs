namespace Kinora.Media.Ffmpeg;

/// <summary>An audio stream.</summary>
/// <param name="Codec">As ffmpeg names it, for example <c>aac</c>.</param>
/// <param name="SampleRateHz">Samples per second and channel.</param>
/// <param name="Channels">Channels, at least 1.</param>
/// <param name="Duration">How long it is; zero if the file does not tell.</param>
public sealed record AudioInfo(string Codec, int SampleRateHz, int Channels, TimeSpan Duration);
