using Kinora.Media;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;
using Kinora.Rendering.Sound;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Many small things in the air, spread in depth: far ones are small, slow and hidden by what is nearer than they are.</summary>
internal sealed class ParticleField : IOverlay
{
    private readonly ParticleStyle _style;
    private readonly Plane _nearness;
    private readonly FrameSize _size;
    private readonly float _direction;
    private readonly Seed[] _seeds;

    /// <param name="style">What they are like.</param>
    /// <param name="scene">The picture they are in.</param>
    /// <param name="strength">How many, 1 = as usual.</param>
    /// <param name="direction">1 if they drift to the right, -1 to the left.</param>
    public ParticleField(ParticleStyle style, EffectScene scene, double strength, float direction)
    {
        (_style, _nearness, _size, _direction) = (style, scene.Nearness, scene.Size, direction);
        var chance = new NoiseSource(scene.Seed, style.Count);
        _seeds = new Seed[(int)Math.Round(style.Count * strength)];
        for (var i = 0; i < _seeds.Length; i++)
        {
            var depth = chance.Uniform();
            _seeds[i] = new Seed((float)chance.Uniform(), (float)chance.Uniform(), (float)(depth * depth), (float)(chance.Uniform() * 2 * Math.PI), (int)(chance.Uniform() * style.Colours.Length));
        }
    }

    public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
    {
        var relief = _style.Hides ? NodeField.Sample(_nearness, grid) : null;
        var sprites = new List<Sprite>(_seeds.Length);
        foreach (var seed in _seeds)
        {
            var sprite = Place(seed, (float)moment.Seconds, relief);
            if (sprite.Opacity * moment.Envelope > 0.004)
                sprites.Add(sprite with { Opacity = sprite.Opacity * (float)moment.Envelope });
        }
        return new ParticleFrame(sprites, _style.Softness, _style.Rim);
    }

    private Sprite Place(Seed seed, float time, NodeField? relief)
    {
        float width = _size.Width, height = _size.Height, pixel = width / 1280;
        var pace = 0.35f + 0.65f * seed.Near;
        var radius = (_style.Radius.Far + (_style.Radius.Near - _style.Radius.Far) * seed.Near) * pixel;
        // Particles leave the frame by their own length before they come back on the other side.
        var margin = 2 * radius * _style.Stretch;
        var x = Wrap(seed.X + _direction * _style.Speed.Across * pace * time * height / width + _style.Swing * MathF.Sin(0.9f * time + seed.Phase));
        var y = Wrap(seed.Y + _style.Speed.Down * pace * time + _style.Swing * 0.5f * MathF.Sin(0.6f * time + 2 * seed.Phase));
        float screenX = x * (width + 2 * margin) - margin, screenY = y * (height + 2 * margin) - margin;
        var opacity = _style.Opacity.Far + (_style.Opacity.Near - _style.Opacity.Far) * seed.Near;
        opacity *= 1 - _style.Twinkle * (0.5f + 0.5f * MathF.Sin((1.3f + seed.Near) * 1.7f * time + 3 * seed.Phase));
        if (_style.Cools)
            opacity *= Smooth.Step(0.05f, 0.6f, y);
        if (relief is not null)
            opacity *= Smooth.Step(-0.14f, 0.06f, 0.12f + seed.Near - relief.At(screenX, screenY));
        var turn = _style.Tumbles ? 1.7f * time + seed.Phase : MathF.Atan2(_direction * _style.Speed.Across, _style.Speed.Down);
        var thin = _style.Tumbles ? 0.25f + 0.75f * Math.Abs(MathF.Sin(2.3f * time + 2 * seed.Phase)) : 1;
        return new Sprite(screenX, screenY, radius * thin, radius * _style.Stretch, MathF.Sin(turn), MathF.Cos(turn), opacity, _style.Colours[seed.Colour]);
    }

    private static float Wrap(float value) => value - MathF.Floor(value);

    private readonly record struct Seed(float X, float Y, float Near, float Phase, int Colour);
}
