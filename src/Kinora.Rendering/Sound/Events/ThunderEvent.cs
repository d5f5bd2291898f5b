using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A crack that closes down into a rolling rumble of four seconds.</summary>
internal sealed class ThunderEvent : ISoundEvent
{
    public const string EventName = "thunder";

    public string Name => EventName;

    public bool Repeats => false;

    public IReadOnlyList<Phrase> Phrases { get; } = [new("thunder"), new("lightning"), new("thunderstorm"), new("雷"), new("雷声"), new("打雷"), new("闪电"), new("雷暴")];

    public void Add(Span<float> output, NoiseSource noise)
    {
        var filter = new SweptFilter();
        for (var i = 0; i < output.Length; i++)
        {
            var time = i / (double)Media.Audio.Soundtrack.SampleRateHz;
            var crack = Math.Exp(-time * 9);
            var rumble = Math.Exp(-time * 0.9) * (0.55 + 0.45 * Math.Sin(2 * Math.PI * 2.3 * time + 2 * Math.Sin(7 * time)));
            filter.Next(noise.Brown() * 1.5 + crack * noise.White(), 90 + 1600 * crack, 0.9);
            output[i] += (float)(1.5 * rumble * filter.Low);
        }
    }
}
