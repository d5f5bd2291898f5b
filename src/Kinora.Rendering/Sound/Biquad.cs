namespace Kinora.Rendering.Sound;

/// <summary>A second-order filter by R. Bristow-Johnson's cookbook (W3C Audio EQ Cookbook), at 48 kHz.</summary>
internal sealed class Biquad
{
    private readonly double _b0, _b1, _b2, _a1, _a2;
    private double _z1, _z2;

    public Biquad(double b0, double b1, double b2, double a1, double a2) => (_b0, _b1, _b2, _a1, _a2) = (b0, b1, b2, a1, a2);

    public static Biquad LowPass(double hertz, double quality = 0.707)
    {
        var (cosine, alpha) = Terms(hertz, quality);
        return Normalised((1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2, cosine, alpha);
    }

    public static Biquad HighPass(double hertz, double quality = 0.707)
    {
        var (cosine, alpha) = Terms(hertz, quality);
        return Normalised((1 + cosine) / 2, -(1 + cosine), (1 + cosine) / 2, cosine, alpha);
    }

    /// <summary>Peak gain 1 at the centre.</summary>
    public static Biquad BandPass(double hertz, double quality)
    {
        var (cosine, alpha) = Terms(hertz, quality);
        return Normalised(alpha, 0, -alpha, cosine, alpha);
    }

    /// <summary>Lifts what is around the centre by so many decibels.</summary>
    public static Biquad Peak(double hertz, double quality, double decibels)
    {
        var (cosine, alpha) = Terms(hertz, quality);
        var a = Math.Pow(10, decibels / 40);
        var scale = 1 / (1 + alpha / a);
        return new Biquad((1 + alpha * a) * scale, -2 * cosine * scale, (1 - alpha * a) * scale, -2 * cosine * scale, (1 - alpha / a) * scale);
    }

    public double Next(double x)
    {
        var y = _b0 * x + _z1;
        _z1 = _b1 * x - _a1 * y + _z2;
        _z2 = _b2 * x - _a2 * y;
        return y;
    }

    private static (double Cosine, double Alpha) Terms(double hertz, double quality)
    {
        var omega = 2 * Math.PI * Math.Min(hertz, 21_600) / Media.Audio.Soundtrack.SampleRateHz;
        return (Math.Cos(omega), Math.Sin(omega) / (2 * quality));
    }

    private static Biquad Normalised(double b0, double b1, double b2, double cosine, double alpha)
    {
        var scale = 1 / (1 + alpha);
        return new Biquad(b0 * scale, b1 * scale, b2 * scale, -2 * cosine * scale, (1 - alpha) * scale);
    }
}
