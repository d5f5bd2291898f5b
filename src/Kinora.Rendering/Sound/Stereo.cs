namespace Kinora.Rendering.Sound;

/// <summary>Places sounds between left and right.</summary>
internal static class Stereo
{
    /// <summary>Gains of equal power: together they carry the same energy wherever the sound is.</summary>
    /// <param name="pan">-1 left to 1 right.</param>
    public static (double Left, double Right) Gains(double pan)
    {
        var angle = (Math.Clamp(pan, -1, 1) + 1) * Math.PI / 4;
        return (Math.Cos(angle), Math.Sin(angle));
    }

    /// <summary>Adds a sound of one channel that stays where it is.</summary>
    public static void Add(Span<float> left, Span<float> right, int at, ReadOnlySpan<float> sound, double gain, double pan)
    {
        var (l, r) = Gains(pan);
        Grains.Mix(left, at, sound, (float)(gain * l));
        Grains.Mix(right, at, sound, (float)(gain * r));
    }

    /// <summary>Adds a sound of one channel that moves in a straight line for its first <paramref name="travel"/> samples and then stays where it is.</summary>
    public static void AddMoving(Span<float> left, Span<float> right, int at, ReadOnlySpan<float> sound, double gain, double panStart, double panEnd, int travel)
    {
        for (var i = Math.Max(0, -at); i < sound.Length && at + i < left.Length; i++)
        {
            var (l, r) = Gains(panStart + (panEnd - panStart) * Math.Min(1, (double)i / travel));
            left[at + i] += (float)(sound[i] * gain * l);
            right[at + i] += (float)(sound[i] * gain * r);
        }
    }

    /// <summary>Leans a stereo sound to one side without losing the other channel's share of its power.</summary>
    public static void Lean(Span<float> left, Span<float> right, double pan)
    {
        if (pan == 0)
            return;
        var (l, r) = Gains(pan);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] *= (float)(l * Math.Sqrt(2));
            right[i] *= (float)(r * Math.Sqrt(2));
        }
    }
}
