using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A camera shutter: two clicks a twentieth of a second apart.</summary>
internal sealed class ShutterEvent : ISoundEvent
{
    public string Name => "shutter";

    public bool Repeats => false;

    public IReadOnlyList<Phrase> Phrases { get; } = [new("shutter"), new("camera click"), new("camera flash"), new("paparazzi"), new("takes a photo"), new("take a picture"), new("快门"), new("拍照")];

    public void Add(Span<float> output, NoiseSource noise)
    {
        var band = Biquad.BandPass(3200, 0.8);
        for (var i = 0; i < output.Length; i++)
        {
            var time = i / (double)Media.Audio.Soundtrack.SampleRateHz;
            var click = Math.Exp(-time * 160) + (time > 0.055 ? 0.8 * Math.Exp(-(time - 0.055) * 120) : 0);
            output[i] += (float)(0.9 * band.Next(noise.White() * click));
        }
    }
}
