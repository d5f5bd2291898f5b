using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A drone: low tones a hair apart that beat slowly against each other, and a thin air that opens and closes over them.</summary>
internal sealed class SpaceBed : ISoundBed
{
    public string Name => "space";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("outer space"), new("deep space"), new("in space"), new("through space"), new("galaxy"), new("nebula"), new("cosmos"), new("cosmic"), new("spaceship"), new("spacecraft"), new("starship"), new("space station"), new("planet"), new("asteroid"), new("astronaut", Amount: 0.8), new("interstellar"), new("milky way", Amount: 0.7), new("alien", Amount: 0.7), new("black hole"), new("sci fi", Amount: 0.6), new("futuristic", Amount: 0.4),
        new("太空"), new("宇宙"), new("银河", Amount: 0.7), new("星系"), new("星云"), new("飞船"), new("宇航员", Amount: 0.8), new("行星"), new("黑洞"), new("科幻", Amount: 0.6),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var shared = new NoiseSource(seed, 9);
        var length = left.Length;
        var root = shared.Between(48, 58);
        var tones = new[] { 1.0, 1.5, 2, 3 }.Select(ratio => new WaveTable(root * ratio, [1, 0.4, 0.22, 0.1, 0.08])).ToArray();
        var swells = tones.Select((_, i) => Wander.Curve(shared, length, 0.12 + 0.05 * i)).ToArray();
        var air = Wander.Curve(shared, left.Length, 0.15);
        Channel(left, new NoiseSource(seed, 0), tones, swells, air, -0.004);
        Channel(right, new NoiseSource(seed, 1), tones, swells, air, 0.004);
    }

    private static void Channel(Span<float> output, NoiseSource noise, WaveTable[] tones, double[][] swells, double[] air, double detune)
    {
        for (var tone = 0; tone < tones.Length; tone++)
            Drone(output, tones[tone], swells[tone], detune, 0.16 / (1 + 0.6 * tone), (uint)(noise.Uniform() * uint.MaxValue));
        var breath = new SweptFilter();
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            breath.Tune(500 + 1500 * air[step], 6);
            for (var end = Steps.End(step, output.Length); i < end; i++)
            {
                breath.Next(noise.Pink());
                output[i] += (float)(0.008 * breath.Band);
            }
        }
    }

    private static void Drone(Span<float> output, WaveTable tone, double[] swell, double detune, double level, uint phase)
    {
        uint one = tone.Step(1), other = tone.Step(1 + detune), shifted = phase + 0x5000_0000u;
        double gain = 0;
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            var slope = (level * (0.45 + 0.55 * swell[step]) - gain) / Steps.Samples;
            for (var end = Steps.End(step, output.Length); i < end; i++, gain += slope, phase += one, shifted += other)
                output[i] += (float)(gain * (tone[phase] + tone[shifted]));
        }
    }
}
