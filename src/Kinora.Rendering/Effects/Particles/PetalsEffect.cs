using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Petals that float down.</summary>
internal sealed class PetalsEffect : ParticleEffect
{
    public override string Name => "petals";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("petal"), new("cherry blossom"), new("sakura"), new("blossom fall"), new("rose petal"), new("花瓣"), new("樱花"), new("落花"),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 130,
        Radius = (3.6f, 12.5f),
        Speed = (0.12f, 0.08f),
        Opacity = (0.75f, 0.92f),
        Colours = [(206, 128, 146), (216, 127, 139), (194, 126, 154)],
        Swing = 0.045f,
        Stretch = 1.4f,
        Tumbles = true,
        Softness = 0.2f,
    };
}
