using Kinora.Media.Audio;

namespace Kinora.Rendering.Sound;

/// <summary>Brings the mix to its loudness below its ceiling.</summary>
internal static class Master
{
    // What the limiter takes away is given back, which it limits again a little: three rounds come close enough.
    private const int Rounds = 3;
    private const double Tolerance = 0.25;

    /// <param name="mix">The mix; it is not changed.</param>
    /// <param name="lufs">Integrated loudness wanted.</param>
    public static Soundtrack To(Soundtrack mix, double lufs)
    {
        var wanted = lufs;
        for (var round = 1; ; round++)
        {
            var result = Loudness.Normalize(mix, wanted);
            if (round == Rounds || !WasLimited(result))
                return result;
            var missing = lufs - LoudnessMeter.MeasureLufs(result);
            if (!(missing > Tolerance))
                return result;
            wanted += missing;
        }
    }

    // The limiter leaves its traces near the ceiling only.
    private static bool WasLimited(Soundtrack track)
    {
        var near = (float)Math.Pow(10, (Loudness.CeilingDb - 3) / 20);
        return Array.Exists(track.Left, sample => Math.Abs(sample) > near) || Array.Exists(track.Right, sample => Math.Abs(sample) > near);
    }
}
