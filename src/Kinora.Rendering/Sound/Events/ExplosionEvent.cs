using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A blast: a crack, a deep body that falls, and a long rumble.</summary>
internal sealed class ExplosionEvent : ISoundEvent
{
    public string Name => "explosion";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("explosion"), new("explode"), new("blast"), new("detonate"), new("eruption"), new("erupt"), new("firework"),
        new("爆炸"), new("爆发"), new("炸"), new("喷发"), new("烟花"), new("焰火"),
    ];

    public bool Repeats => false;

    public double Seconds => 2.6;

    public double Prominence => 19;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        Strokes.Burst(output, 0, 1800, 0.5, 0.04, 0.8, noise);
        Strokes.Mode(output, 0.003, 58, 0.45, 1, 0.5);
        Strokes.Burst(output, 0.01, 180, 0.5, 0.25, 1, noise);
        Strokes.Burst(output, 0.08, 85, 0.6, 0.42, 0.9, noise);
    }
}
