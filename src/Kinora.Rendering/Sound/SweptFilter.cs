namespace Kinora.Rendering.Sound;

/// <summary>A state-variable filter whose frequency may change every sample (A. Simper, "Linear trapezoidal integrated SVF", 2013), at 48 kHz.</summary>
internal sealed class SweptFilter
{
    private double _state1, _state2;

    public double Low { get; private set; }

    public double Band { get; private set; }

    public void Next(double x, double hertz, double quality)
    {
        // tan is replaced by its series: below 6 kHz the error is under a tenth of a percent, above only the corner moves a little.
        var w = Math.PI * Math.Min(hertz, 14_000) / Media.Audio.Soundtrack.SampleRateHz;
        var square = w * w;
        var g = w * (1 + square * (1.0 / 3 + square * (2.0 / 15 + square * (17.0 / 315))));
        var k = 1 / quality;
        var a1 = 1 / (1 + g * (g + k));
        var v3 = x - _state2;
        var v1 = a1 * _state1 + g * a1 * v3;
        var v2 = _state2 + g * a1 * _state1 + g * g * a1 * v3;
        _state1 = 2 * v1 - _state1;
        _state2 = 2 * v2 - _state2;
        (Band, Low) = (v1, v2);
    }
}
