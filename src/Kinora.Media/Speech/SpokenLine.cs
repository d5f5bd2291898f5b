namespace Kinora.Media.Speech;

/// <summary>A spoken line: one channel, full scale at -1 and 1.</summary>
/// <param name="Samples">The samples; empty if nothing in the text can be spoken.</param>
/// <param name="SampleRateHz">Samples per second.</param>
public sealed record SpokenLine(float[] Samples, int SampleRateHz);
