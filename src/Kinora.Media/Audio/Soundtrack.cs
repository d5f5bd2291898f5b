namespace Kinora.Media.Audio;

/// <summary>A stereo soundtrack in memory: 48 kHz, 32-bit float, full scale at -1 and 1.</summary>
public sealed class Soundtrack
{
    /// <summary>Samples per second and channel.</summary>
    public const int SampleRateHz = 48_000;

    /// <summary>Wraps two channels of equal length; the arrays are not copied.</summary>
    /// <exception cref="ArgumentException">The channels differ in length.</exception>
    public Soundtrack(float[] left, float[] right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Length != right.Length)
            throw new ArgumentException($"Both channels must have the same length; left has {left.Length} samples, right {right.Length}.", nameof(right));
        (Left, Right) = (left, right);
    }

    /// <summary>Left channel, <c>[samples]</c>.</summary>
    public float[] Left { get; }

    /// <summary>Right channel, <c>[samples]</c>.</summary>
    public float[] Right { get; }

    /// <summary>Samples per channel.</summary>
    public int Length => Left.Length;
}
