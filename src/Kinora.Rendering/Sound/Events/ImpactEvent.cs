using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Something heavy hits: a thud, its body, and debris.</summary>
internal sealed class ImpactEvent : ISoundEvent
{
    public string Name => "impact";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("impact"), new("crash"), new("slam"), new("smash"), new("bang"), new("thud"), new("collide"), new("collapse"), new("punch"), new("hit the ground"), new("fall to the ground"), new("stomp"), new("boom"),
        new("撞击"), new("撞"), new("碰撞"), new("砸"), new("轰"), new("倒塌"), new("重击"), new("坠落"),
    ];

    public bool Repeats => false;

    public double Seconds => 1.2;

    public double Prominence => 17;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        Strokes.Mode(output, 0.002, noise.Between(62, 78), 0.16, 1, 0.55);
        Strokes.Burst(output, 0, 260, 0.6, 0.05, 0.8, noise);
        Strokes.Burst(output, 0, 2200, 0.5, 0.018, 0.5, noise);
        for (var i = 0; i < 9; i++)
            Strokes.Burst(output, noise.Between(0.06, 0.6), noise.Between(500, 3500), 2, noise.Between(0.008, 0.03), 0.12 * noise.Uniform(), noise);
    }
}
