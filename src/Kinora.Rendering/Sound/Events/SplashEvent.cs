using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Something falls into water: a slap, spray and bubbles.</summary>
internal sealed class SplashEvent : ISoundEvent
{
    public string Name => "splash";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("splash"), new("dive into"), new("jump into the water"), new("plunge"), new("fall into the water"),
        new("水花"), new("溅起"), new("跳入水"), new("跃入"), new("落水"),
    ];

    public bool Repeats => false;

    public double Seconds => 1.2;

    public double Prominence => 13;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        Strokes.Burst(output, 0, 420, 0.5, 0.05, 0.9, noise);
        Strokes.Burst(output, 0.02, 2600, 0.4, 0.16, 0.5, noise);
        for (var i = 0; i < 22; i++)
            Strokes.Mode(output, noise.Between(0.08, 0.9), noise.Between(300, 1600), noise.Between(0.01, 0.03), 0.25 * noise.Uniform(), 1.4);
    }
}
