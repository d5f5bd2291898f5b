namespace Kinora.Media.Audio;

/// <summary>Brings a soundtrack to a wanted loudness.</summary>
public static class Loudness
{
    /// <summary>Loudness wanted when somebody speaks, in LUFS.</summary>
    public const double SpeechLufs = -18;

    /// <summary>Loudness wanted for ambience alone, in LUFS.</summary>
    public const double AmbienceLufs = -22;

    /// <summary>Highest true peak, in dBTP.</summary>
    public const double CeilingDb = -1.5;

    /// <summary>How much the limiter aims below the ceiling, for what it cannot see between its oversampled points.</summary>
    private const double MarginDb = 0.1;

    /// <summary>
    /// Applies one gain so that the integrated loudness is <paramref name="targetLufs"/>, then a limiter with 5 ms of look-ahead that lowers only what would exceed
    /// <paramref name="ceilingDb"/>. Silence stays as it is.
    /// </summary>
    /// <param name="soundtrack">The sound; it is not changed.</param>
    /// <param name="targetLufs">Integrated loudness wanted, in LUFS, for example <see cref="SpeechLufs"/>. What is limited comes out a little quieter.</param>
    /// <param name="ceilingDb">Highest true peak in dBTP, 0 or below.</param>
    /// <returns>A new soundtrack of the same length.</returns>
    public static Soundtrack Normalize(Soundtrack soundtrack, double targetLufs, double ceilingDb = CeilingDb)
    {
        ArgumentNullException.ThrowIfNull(soundtrack);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ceilingDb, 0);
        var measured = LoudnessMeter.MeasureLufs(soundtrack);
        if (double.IsNegativeInfinity(measured))
            return soundtrack;
        var gain = (float)ToFactor(targetLufs - measured);
        var louder = new Soundtrack(Scale(soundtrack.Left, gain), Scale(soundtrack.Right, gain));
        PeakLimiter.Apply(louder, (float)ToFactor(ceilingDb - MarginDb));
        return louder;
    }

    private static float[] Scale(float[] samples, float gain)
    {
        var scaled = new float[samples.Length];
        for (var i = 0; i < scaled.Length; i++)
            scaled[i] = samples[i] * gain;
        return scaled;
    }

    private static double ToFactor(double db) => Math.Pow(10, db / 20);
}
