namespace Kinora.Media.Audio;

/// <summary>What a WAV file holds.</summary>
/// <param name="SampleRateHz">Samples per second and channel.</param>
/// <param name="Channels">One or two arrays of equal length, <c>[channels][samples]</c>, full scale at -1 and 1.</param>
public sealed record WavSound(int SampleRateHz, IReadOnlyList<float[]> Channels);
