using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Glass breaks: a crack, then dozens of high splinters that fall.</summary>
internal sealed class GlassEvent : ISoundEvent
{
    public string Name => "glass";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("glass shatter"), new("glass break"), new("shatter"), new("shattering glass"), new("breaking glass"), new("broken glass"),
        new("玻璃破碎"), new("打碎"), new("破碎"), new("碎裂"),
    ];

    public bool Repeats => false;

    public double Seconds => 1.1;

    public double Prominence => 14;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        Strokes.Burst(output, 0, 3200, 0.5, 0.02, 1, noise);
        for (var i = 0; i < 34; i++)
        {
            var when = 0.7 * noise.Uniform() * noise.Uniform();
            Strokes.Mode(output, when, noise.Between(2400, 9500), noise.Between(0.015, 0.09), 0.3 * noise.Uniform());
        }
    }
}
