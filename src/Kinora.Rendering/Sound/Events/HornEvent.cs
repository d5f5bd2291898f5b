using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A car horn: two reeds a third apart.</summary>
internal sealed class HornEvent : ISoundEvent
{
    public string Name => "horn";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("honk"), new("car horn"), new("horn blare"), new("foghorn"),
        new("鸣笛"), new("喇叭"), new("按喇叭"), new("汽笛"),
    ];

    public bool Repeats => false;

    public double Seconds => 0.9;

    public double Prominence => 10;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        double[] reed = [1, 0.8, 0.9, 0.6, 0.5, 0.3, 0.25, 0.15, 0.1];
        WaveTable low = new(noise.Between(380, 410), reed), high = new(noise.Between(480, 505), reed);
        uint one = 0, other = 0;
        var length = Math.Min(output.Length, (int)(0.55 * Soundtrack.SampleRateHz));
        for (var i = 0; i < length; i++, one += low.Step(), other += high.Step())
            output[i] = (float)((low[one] + high[other]) * Math.Min(1, i / 700.0) * Math.Min(1, (length - i) / 3000.0));
    }
}
