using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A clock ticks, once a second; the tick and the tock differ.</summary>
internal sealed class ClockEvent : ISoundEvent
{
    public string Name => "clock";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("clock"), new("tick"), new("ticking clock"), new("clock tick"), new("pocket watch"),
        new("时钟"), new("滴答"), new("钟表"), new("秒针"),
    ];

    public bool Repeats => true;

    public double Seconds => 0.1;

    public double Prominence => 6;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        for (var i = 0; 0.1 + 0.5 * i / speed < (double)span / Soundtrack.SampleRateHz - 0.05; i++)
        {
            Strokes.Burst(output, 0.1 + 0.5 * i / speed, i % 2 == 0 ? 3400 : 2700, 5, 0.006, 1, noise);
            Strokes.Burst(output, 0.1 + 0.5 * i / speed, 900, 3, 0.008, 0.4, noise);
        }
    }
}
