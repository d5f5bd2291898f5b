namespace Kinora.Server.Engines.Ltx;

/// <summary>
/// Resamples one axis: target position i lies at (i + ½ - offset) / scale - ½ in the source. The kernel is Keys' cubic with a = -½ (R. Keys, "Cubic convolution
/// interpolation for digital image processing", 1981), widened when it shrinks; beyond the edge the source is reflected.
/// </summary>
internal sealed class LtxAxis
{
    private readonly int[] _sources;
    private readonly float[] _weights;

    public LtxAxis(int from, int to, double scale, double offset)
    {
        var stretch = Math.Max(1, 1 / scale);
        Taps = ((int)Math.Ceiling(2 * stretch) * 2) + 1;
        (_sources, _weights) = (new int[to * Taps], new float[to * Taps]);
        for (var i = 0; i < to; i++)
            Fill(i, from, ((i + 0.5 - offset) / scale) - 0.5, stretch);
    }

    /// <summary>Source positions that go into one target position.</summary>
    public int Taps { get; }

    /// <summary>The sources of a target position.</summary>
    public ReadOnlySpan<int> Sources(int target) => _sources.AsSpan(target * Taps, Taps);

    /// <summary>Their weights; they add up to 1.</summary>
    public ReadOnlySpan<float> Weights(int target) => _weights.AsSpan(target * Taps, Taps);

    private void Fill(int target, int from, double centre, double stretch)
    {
        var first = (int)Math.Round(centre) - (Taps / 2);
        var sum = 0.0;
        for (var k = 0; k < Taps; k++)
            sum += Cubic((first + k - centre) / stretch);
        for (var k = 0; k < Taps; k++)
        {
            _sources[(target * Taps) + k] = Reflect(first + k, from);
            _weights[(target * Taps) + k] = (float)(Cubic((first + k - centre) / stretch) / sum);
        }
    }

    private static double Cubic(double x) => Math.Abs(x) switch
    {
        < 1 and var near => (1.5 * near * near * near) - (2.5 * near * near) + 1,
        < 2 and var far => (-0.5 * far * far * far) + (2.5 * far * far) - (4 * far) + 2,
        _ => 0,
    };

    private static int Reflect(int index, int length)
    {
        if (length == 1)
            return 0;
        var period = 2 * (length - 1);
        var inside = ((index % period) + period) % period;
        return inside < length ? inside : period - inside;
    }
}
