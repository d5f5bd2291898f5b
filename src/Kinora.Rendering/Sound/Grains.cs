using System.Numerics;

namespace Kinora.Rendering.Sound;

/// <summary>
/// Short sounds (drops, bubbles, crackles, syllables) that are made once and then added many times at their own moments and levels: hundreds of voices for the
/// price of a few additions per sample. Parallel over samples, which are independent, so the sum does not depend on the width of the vectors.
/// </summary>
internal sealed class Grains
{
    private readonly float[][] _grains;

    /// <param name="count">How many different ones.</param>
    /// <param name="make">Makes one; its ends are softened here.</param>
    public Grains(int count, Func<int, float[]> make)
    {
        _grains = new float[count][];
        for (var i = 0; i < count; i++)
            Soften(_grains[i] = make(i));
    }

    public int Count => _grains.Length;

    public void Add(Span<float> output, int at, int which, double gain) => Mix(output, at, _grains[which], (float)gain);

    /// <summary>Adds a sound into another from a sample on; what sticks out at either end is left out.</summary>
    public static void Mix(Span<float> output, int at, ReadOnlySpan<float> sound, float gain)
    {
        if (at < 0)
        {
            sound = sound[Math.Min(sound.Length, -at)..];
            at = 0;
        }
        if (at >= output.Length)
            return;
        sound = sound[..Math.Min(sound.Length, output.Length - at)];
        var target = output.Slice(at, sound.Length);
        var i = 0;
        for (; i + Vector<float>.Count <= sound.Length; i += Vector<float>.Count)
            (new Vector<float>(target[i..]) + new Vector<float>(sound[i..]) * gain).CopyTo(target[i..]);
        for (; i < sound.Length; i++)
            target[i] += sound[i] * gain;
    }

    /// <summary>A tone that dies away, its pitch gliding by a factor over its length.</summary>
    public static float[] Ring(int samples, double hertz, double decaySeconds, double glide = 1)
    {
        var ring = new float[samples];
        var fall = Math.Exp(-1 / (decaySeconds * Media.Audio.Soundtrack.SampleRateHz));
        var rise = Math.Pow(glide, (double)Steps.Samples / samples);
        var turn = Math.Tau * hertz / Media.Audio.Soundtrack.SampleRateHz;
        // A vector that turns and shrinks; its turn changes once per step.
        double x = 1, y = 0;
        for (int step = 0, i = 0; i < samples; step++, turn *= rise)
        {
            var (sine, cosine) = Math.SinCos(turn);
            for (var end = Steps.End(step, samples); i < end; i++)
            {
                ring[i] = (float)y;
                (x, y) = (fall * (x * cosine - y * sine), fall * (x * sine + y * cosine));
            }
        }
        return ring;
    }

    // Neither end may click.
    private static void Soften(float[] grain)
    {
        int head = Math.Min(16, grain.Length / 4), tail = grain.Length / 4;
        for (var i = 0; i < head; i++)
            grain[i] *= (i + 0.5f) / head;
        for (var i = 0; i < tail; i++)
            grain[^(i + 1)] *= (i + 0.5f) / tail;
    }
}
