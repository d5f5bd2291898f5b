using Kinora.Rendering.Direction;
using Kinora.Rendering.Effects.Light;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Strokes of lightning: now and then a crack, always its echoes rolling away over the land, and a far rumble between.</summary>
internal sealed class ThunderBed : ISoundBed
{
    private const double Rate = Media.Audio.Soundtrack.SampleRateHz;

    public string Name => "thunder";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("thunder"), new("thunderstorm"), new("thunderclap"), new("lightning"), new("lightning bolt"), new("thunder roll"), new("雷"), new("雷声"), new("打雷"), new("闪电"), new("雷电"), new("雷雨"), new("雷阵雨"), new("雷暴"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        var roll = new double[Steps.Count(left.Length) + 1];
        var crack = new double[roll.Length];
        // A third of a second after each flash of the picture: the storm is near.
        for (var time = LightningEffect.FirstSeconds + 0.35; time < left.Length / Rate; time += LightningEffect.PeriodSeconds)
            Stroke(roll, crack, time + chance.Between(-0.1, 0.25), chance);
        var far = Wander.Curve(chance, left.Length, 0.5);
        Channel(left, new NoiseSource(seed, 0), roll, crack, far);
        Channel(right, new NoiseSource(seed, 1), roll, crack, far);
    }

    // The sound of a stroke's nearest part comes first; its other parts and the hills answer for seconds.
    private static void Stroke(double[] roll, double[] crack, double time, NoiseSource chance)
    {
        var near = chance.Between(0.3, 1);
        Decay(crack, time, near * near, 0.012, 0.11);
        var echo = time;
        for (var i = 0; i < 9; i++)
        {
            Decay(roll, echo, near * Math.Exp(-0.35 * (echo - time)) * chance.Between(0.4, 1), 0.05, chance.Between(0.35, 0.8));
            echo += chance.Between(0.12, 0.6);
        }
    }

    private static void Decay(double[] curve, double time, double level, double riseSeconds, double fallSeconds)
    {
        for (var step = (int)(time / Steps.Seconds); step < curve.Length; step++)
        {
            var since = step * Steps.Seconds - time;
            var value = since < 0 ? 0 : level * (1 - Math.Exp(-since / riseSeconds)) * Math.Exp(-since / fallSeconds);
            if (value < 1e-4 && since > 3 * fallSeconds)
                return;
            curve[step] += value;
        }
    }

    private static void Channel(Span<float> output, NoiseSource noise, double[] roll, double[] crack, double[] far)
    {
        var rumble = new SweptFilter();
        var bite = Biquad.BandPass(1500, 0.5);
        double gain = 0, snap = 0;
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            rumble.Tune(70 + 260 * Math.Min(1, roll[step]) + 500 * Math.Min(1, crack[step]), 0.7);
            var slope = (0.05 + 0.05 * far[step] + roll[step] - gain) / Steps.Samples;
            var snapSlope = (crack[step] - snap) / Steps.Samples;
            for (var end = Steps.End(step, output.Length); i < end; i++, gain += slope, snap += snapSlope)
            {
                rumble.Next(noise.Brown() + 0.1 * noise.White());
                output[i] = (float)(1.6 * gain * rumble.Low + 1.8 * snap * bite.Next(noise.White()));
            }
        }
    }
}
