using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A hinge creaks, a latch falls.</summary>
internal sealed class DoorEvent : ISoundEvent
{
    public string Name => "door";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("door open"), new("door close"), new("open the door"), new("close the door"), new("door creak"), new("door swing"), new("gate open"), new("creak"),
        new("开门"), new("关门"), new("推开门"), new("门打开"), new("门开"),
    ];

    public bool Repeats => false;

    public double Seconds => 1.3;

    public double Prominence => 11;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        // Stick and slip: clicks that come faster and slower again, through the wood.
        for (double time = 0, rate = 28; time < 0.85; time += 1 / rate, rate = 28 + 60 * Math.Sin(Math.PI * time / 0.85))
            Strokes.Burst(output, time, 900 + 300 * Math.Sin(5 * time), 6, 0.006, 0.25 * Math.Sin(Math.PI * time / 0.85), noise);
        Strokes.Burst(output, 0.98, 190, 1.2, 0.04, 1, noise);
        Strokes.Burst(output, 0.99, 2100, 1.5, 0.008, 0.5, noise);
    }
}
