namespace Kinora.Rendering.Sound;

/// <summary>A state-variable filter whose frequency may move while it runs (A. Simper, "Linear trapezoidal integrated SVF", 2013), at 48 kHz.</summary>
internal sealed class SweptFilter
{
    private double _state1, _state2, _a1, _a2, _a3;

    /// <summary>The frequencies below the corner, from the last sample.</summary>
    public double Low { get; private set; }

    /// <summary>The frequencies around the corner; peak gain is the quality.</summary>
    public double Band { get; private set; }

    /// <summary>Moves the corner; cheap enough for every 32 samples, too dear for every one.</summary>
    public void Tune(double hertz, double quality)
    {
        var g = Math.Tan(Math.PI * Math.Min(hertz, 20_000) / Media.Audio.Soundtrack.SampleRateHz);
        _a1 = 1 / (1 + g * (g + 1 / quality));
        _a2 = g * _a1;
        _a3 = g * _a2;
    }

    public void Next(double x)
    {
        var v3 = x - _state2;
        Band = _a1 * _state1 + _a2 * v3;
        Low = _state2 + _a2 * _state1 + _a3 * v3;
        _state1 = 2 * Band - _state1;
        _state2 = 2 * Low - _state2;
    }
}
