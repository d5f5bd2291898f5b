using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound;

/// <summary>Puts spoken sentences into the room: cleaned of rumble, made even, placed from left to right, with two early reflections.</summary>
internal static class Voice
{
    private const int FirstEcho = 1100, SecondEcho = 1900, Attack = 40;

    public static void Place(float[] speech, SpeechPlan line, Soundtrack target)
    {
        var rumble = Biquad.HighPass(90);
        var presence = Biquad.BandPass(3200, 0.9);
        var dry = new float[speech.Length];
        double level = 0;
        for (var i = 0; i < speech.Length; i++)
        {
            var value = rumble.Next(speech[i]);
            value += 0.25 * presence.Next(value);
            // A gentle compressor, 3:1 above a tenth of full scale.
            level = Math.Max(Math.Abs(value), level * 0.9996);
            dry[i] = (float)(level > 0.1 ? value * Math.Pow(level / 0.1, -2.0 / 3) : value);
        }
        var start = (int)(line.Seconds * Soundtrack.SampleRateHz);
        var (left, right) = SoundStage.Gains(0.6 * line.Pan);
        for (var i = 0; i < dry.Length + SecondEcho && start + i < target.Length; i++)
        {
            float Tap(int delay) => i >= delay && i - delay < dry.Length ? dry[i - delay] : 0;
            target.Left[start + i] += left * Tap(0) + 0.16f * Tap(FirstEcho) + 0.07f * Tap(SecondEcho);
            target.Right[start + i] += right * Tap(0) + 0.10f * Tap(FirstEcho) + 0.12f * Tap(SecondEcho);
        }
    }

    /// <summary>Lowers the ambience while somebody speaks: quickly down, slowly back up.</summary>
    public static void Duck(Soundtrack track, Soundtrack voice, double decibels)
    {
        var lowest = Math.Pow(10, decibels / 20);
        double held = 0, gain = 1;
        for (var i = 0; i < track.Length; i++)
        {
            held = Math.Max(Math.Abs(voice.Left[i]) + Math.Abs(voice.Right[i]), held * 0.99996);
            var wanted = held > 0.02 ? lowest : 1;
            gain += (wanted - gain) * (wanted < gain ? 1.0 / (Attack * 48) : 1.0 / (350 * 48));
            track.Left[i] *= (float)gain;
            track.Right[i] *= (float)gain;
        }
    }
}
