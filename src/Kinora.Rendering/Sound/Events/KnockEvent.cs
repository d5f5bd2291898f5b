using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Three knocks on wood.</summary>
internal sealed class KnockEvent : ISoundEvent
{
    public string Name => "knock";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("knock"), new("knock at the door"), new("knock on the door"),
        new("敲门"), new("敲"),
    ];

    public bool Repeats => false;

    public double Seconds => 0.9;

    public double Prominence => 13;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        for (var i = 0; i < 3; i++)
        {
            var time = 0.24 * i / speed + noise.Between(0, 0.02);
            Strokes.Burst(output, time, noise.Between(210, 240), 3, 0.03, 1, noise);
            Strokes.Burst(output, time, noise.Between(700, 900), 2, 0.012, 0.6, noise);
        }
    }
}
