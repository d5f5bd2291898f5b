using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A camera: the mirror goes up, the shutter runs, the mirror falls.</summary>
internal sealed class ShutterEvent : ISoundEvent
{
    public string Name => "shutter";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("shutter"), new("camera shutter"), new("camera click"), new("take a photo"), new("take a picture"), new("take photo"), new("snap a photo"), new("snap a picture"), new("photographer shoot"), new("camera flash"),
        new("快门"), new("拍照"), new("照相"), new("咔嚓"),
    ];

    public bool Repeats => false;

    public double Seconds => 0.25;

    public double Prominence => 12;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        Strokes.Burst(output, 0, 1900, 1, 0.006, 0.9, noise);
        Strokes.Burst(output, 0.012, 5200, 0.8, 0.005, 0.6, noise);
        Strokes.Burst(output, 0.075, 1400, 1, 0.008, 1, noise);
        Strokes.Burst(output, 0.088, 4300, 0.8, 0.009, 0.5, noise);
        Strokes.Burst(output, 0.078, 420, 1.5, 0.012, 0.5, noise);
    }
}
