namespace Kinora.Rendering.Sound;

/// <summary>Repeatable noise: xorshift64 (G. Marsaglia, 2003) behind white, pink and brown.</summary>
internal sealed class NoiseSource
{
    private ulong _state;
    private double _pink0, _pink1, _pink2, _brown;

    public NoiseSource(long seed, int channel)
    {
        _state = (ulong)seed * 0x9E3779B97F4A7C15UL + (ulong)(channel + 1) * 0xD1B54A32D192ED03UL;
        _state = _state == 0 ? 88172645463325252UL : _state;
        for (var i = 0; i < 8; i++)
            Uniform();
    }

    /// <summary>0 to 1.</summary>
    public double Uniform()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (_state >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A number between two bounds.</summary>
    public double Between(double low, double high) => low + (high - low) * Uniform();

    /// <summary>-1 to 1, every frequency alike.</summary>
    public double White() => Uniform() * 2 - 1;

    /// <summary>Falling 3 dB per octave: P. Kellet's economy filter.</summary>
    public double Pink()
    {
        var white = White();
        _pink0 = 0.99765 * _pink0 + white * 0.0990460;
        _pink1 = 0.96300 * _pink1 + white * 0.2965164;
        _pink2 = 0.57000 * _pink2 + white * 1.0526913;
        return (_pink0 + _pink1 + _pink2 + white * 0.1848) * 0.2;
    }

    /// <summary>Falling 6 dB per octave.</summary>
    public double Brown() => _brown = 0.998 * _brown + 0.06 * White();
}
