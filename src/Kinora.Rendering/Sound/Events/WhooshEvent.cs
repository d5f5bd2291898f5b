using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Air that rushes past: noise through a band that rises and falls again.</summary>
internal sealed class WhooshEvent : ISoundEvent
{
    public const string EventName = "whoosh";

    public string Name => EventName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("whoosh"), new("swoosh"), new("swish"), new("zoom past"), new("fly past"), new("speed past"), new("rush past"), new("dart past"), new("sword swing"),
        new("嗖"), new("呼啸"), new("飞驰而过"), new("掠过"), new("疾驰"),
    ];

    public bool Repeats => false;

    public double Seconds => 0.8;

    public double Prominence => 11;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        SweptFilter air = new(), body = new();
        var length = Math.Min(output.Length, Math.Max(span, Soundtrack.SampleRateHz / 4));
        for (int step = 0, i = 0; i < length; step++)
        {
            // Half of a cosine, steeper after the pass than before it.
            var at = Math.Pow((double)i / length, 0.8);
            var open = 0.5 - 0.5 * Math.Cos(Math.Tau * at);
            air.Tune(350 + 1900 * open * open, 1.6);
            body.Tune(160 + 300 * open, 0.9);
            for (var end = Math.Min(length, (step + 1) * Steps.Samples); i < end; i++)
            {
                var source = noise.Pink();
                air.Next(source);
                body.Next(source);
                var x = Math.Pow((double)i / length, 0.8);
                var level = 0.5 - 0.5 * Math.Cos(Math.Tau * x);
                output[i] = (float)(level * level * (0.6 * air.Band + 0.5 * body.Low));
            }
        }
    }
}
