using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Motes that hang in the light.</summary>
internal sealed class DustEffect : ParticleEffect
{
    public override string Name => "dust";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("dust"), new("dust mote"), new("dust particle"), new("pollen"), new("dandelion seed"), new("floating particle"), new("particle float"), new("particle"), new("灰尘"), new("尘埃"), new("浮尘"), new("花粉"), new("粒子"),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 240,
        Radius = (0.9f, 4.4f),
        Speed = (-0.012f, 0.018f),
        Opacity = (0.22f, 0.55f),
        Colours = [(225, 122, 134), (215, 126, 131)],
        Swing = 0.015f,
        Twinkle = 0.7f,
        Softness = 1,
    };
}
