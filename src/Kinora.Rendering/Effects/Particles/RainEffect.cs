using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Streaks that fall fast and a little slanted.</summary>
internal sealed class RainEffect : ParticleEffect
{
    public override string Name => "rain";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("rain"), new("rainy"), new("raining"), new("raindrop"), new("drizzle", Amount: 0.6), new("downpour", Amount: 1.8), new("heavy rain", Amount: 1.8), new("rainstorm", Amount: 1.8), new("monsoon", Amount: 1.8), new("雨"), new("下雨"), new("细雨", Amount: 0.6), new("暴雨", Amount: 1.8), new("大雨", Amount: 1.6),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 620,
        Radius = (0.5f, 1.2f),
        Speed = (2.6f, 0.22f),
        Opacity = (0.22f, 0.55f),
        Colours = [(205, 130, 126), (190, 131, 125)],
        Stretch = 26,
        Softness = 1,
    };
}
