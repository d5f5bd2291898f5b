namespace Kinora.Rendering.Sound.Speech;

/// <summary>A line as it will be heard.</summary>
/// <param name="Samples">One channel at 48 kHz, silence at both ends cut off.</param>
/// <param name="StartSeconds">When it starts, from the clip's first sample.</param>
/// <param name="Pan">Where the speaker is, -1 left to 1 right.</param>
internal sealed record RecordedLine(float[] Samples, double StartSeconds, double Pan)
{
    public double EndSeconds => StartSeconds + (double)Samples.Length / Media.Audio.Soundtrack.SampleRateHz;
}
