using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Air past the camera in a sudden move.</summary>
internal sealed class WhooshEvent : ISoundEvent
{
    public const string EventName = "whoosh";

    public string Name => EventName;

    public bool Repeats => false;

    public IReadOnlyList<Phrase> Phrases { get; } = [new("whoosh"), new("swoosh"), new("swish"), new("whip pan"), new("crash zoom"), new("呼啸"), new("嗖")];

    public void Add(Span<float> output, NoiseSource noise)
    {
        const double Seconds = 0.9;
        var filter = new SweptFilter();
        for (var i = 0; i < Math.Min(output.Length, (int)(Seconds * Media.Audio.Soundtrack.SampleRateHz)); i++)
        {
            var at = i / (Seconds * Media.Audio.Soundtrack.SampleRateHz);
            var swell = Math.Pow(Math.Sin(Math.PI * Math.Pow(at, 0.7)), 2);
            filter.Next(noise.Pink(), 300 + 2600 * swell, 1.1);
            output[i] += (float)(1.3 * swell * filter.Band);
        }
    }
}
