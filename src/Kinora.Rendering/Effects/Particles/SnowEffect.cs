using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Flakes that drift and swing.</summary>
internal sealed class SnowEffect : ParticleEffect
{
    public override string Name => "snow";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("snow"), new("snowfall"), new("snowflake"), new("snowing"), new("snowy"), new("blizzard", Amount: 1.9), new("heavy snow", Amount: 1.7), new("flurry", Amount: 0.7), new("雪"), new("下雪"), new("飘雪"), new("雪花"), new("大雪", Amount: 1.6), new("暴风雪", Amount: 1.9),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 900,
        Radius = (0.9f, 4.2f),
        Speed = (0.26f, 0.05f),
        Opacity = (0.45f, 0.85f),
        Colours = [(235, 128, 128), (226, 129, 127)],
        Swing = 0.012f,
        Softness = 0.8f,
    };
}
