namespace Kinora.Media;

/// <summary>Frames per second as an exact fraction, so that durations and sample counts come out exact.</summary>
public readonly record struct FrameRate
{
    /// <summary>Creates a frame rate of <paramref name="numerator"/> / <paramref name="denominator"/> frames per second.</summary>
    /// <param name="numerator">At least 1.</param>
    /// <param name="denominator">At least 1; 1001 for the NTSC rates.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part is below 1.</exception>
    public FrameRate(int numerator, int denominator = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numerator, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, 1);
        Numerator = numerator;
        Denominator = denominator;
    }

    /// <summary>Frames in <see cref="Denominator"/> seconds.</summary>
    public int Numerator { get; }

    /// <summary>Seconds in which <see cref="Numerator"/> frames are shown.</summary>
    public int Denominator { get; }

    /// <summary>The nearest double, for arithmetic that need not be exact.</summary>
    public double FramesPerSecond => (double)Numerator / Denominator;

    /// <summary>The number of frames that fill <paramref name="duration"/>, rounded to the nearest.</summary>
    public int CountFrames(TimeSpan duration) => (int)Math.Round(duration.TotalSeconds * FramesPerSecond, MidpointRounding.AwayFromZero);

    /// <summary>The number of audio samples per channel that last exactly as long as <paramref name="frames"/> frames, rounded to the nearest.</summary>
    public int CountSamples(int frames, int sampleRateHz) =>
        (int)Math.Round((double)frames * sampleRateHz * Denominator / Numerator, MidpointRounding.AwayFromZero);

    /// <summary>The rate as ffmpeg writes it, for example <c>24/1</c>.</summary>
    public override string ToString() => $"{Numerator}/{Denominator}";
}
