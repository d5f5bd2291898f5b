namespace Kinora.Rendering.Sound;

/// <summary>One period of a tone with its partials, read with a phase that wraps by itself: 32 bits are one period.</summary>
internal sealed class WaveTable
{
    private const int Bits = 11, Size = 1 << Bits;
    private readonly float[] _period = new float[Size + 1];
    private readonly double _hertz;

    /// <param name="hertz">Pitch of the fundamental.</param>
    /// <param name="partials">Levels of the fundamental and its harmonics.</param>
    public WaveTable(double hertz, ReadOnlySpan<double> partials)
    {
        _hertz = hertz;
        for (var i = 0; i <= Size; i++)
        {
            double sum = 0;
            for (var partial = 0; partial < partials.Length; partial++)
                sum += partials[partial] * Math.Sin(Math.Tau * (partial + 1) * i / Size);
            _period[i] = (float)sum;
        }
    }

    /// <summary>The tone at a phase, interpolated.</summary>
    public float this[uint phase]
    {
        get
        {
            var at = phase >> (32 - Bits);
            var between = (phase << Bits) * (1f / 4_294_967_296f);
            return _period[at] + (_period[at + 1] - _period[at]) * between;
        }
    }

    /// <summary>How far the phase goes in a sample.</summary>
    /// <param name="detune">Factor on the pitch.</param>
    public uint Step(double detune = 1) => (uint)(_hertz * detune / Media.Audio.Soundtrack.SampleRateHz * 4_294_967_296.0);
}
