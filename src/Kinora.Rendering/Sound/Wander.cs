namespace Kinora.Rendering.Sound;

/// <summary>A slow random curve between 0 and 1: random points joined by a Catmull-Rom spline. Gusts, swells, syllables.</summary>
internal sealed class Wander
{
    private readonly double[] _points;
    private readonly double _step;

    /// <param name="noise">Where the points come from.</param>
    /// <param name="samples">Length of the curve.</param>
    /// <param name="hertz">About how often it goes up and down in a second.</param>
    public Wander(NoiseSource noise, int samples, double hertz)
    {
        _step = Media.Audio.Soundtrack.SampleRateHz / hertz / 2;
        _points = new double[(int)(samples / _step) + 5];
        for (var i = 0; i < _points.Length; i++)
            _points[i] = noise.Uniform();
    }

    public double this[int sample]
    {
        get
        {
            var x = sample / _step;
            var at = Math.Min((int)x, _points.Length - 4);
            var t = x - at;
            double a = _points[at], b = _points[at + 1], c = _points[at + 2], d = _points[at + 3];
            return Math.Clamp(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))), 0, 1);
        }
    }
}
