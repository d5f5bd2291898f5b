using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Pink noise through two filters that open with the gusts.</summary>
internal sealed class WindBed : ISoundBed
{
    public const string BedName = "wind";

    public string Name => BedName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("wind"), new("windy"), new("breeze"), new("breezy"), new("gust"), new("storm"), new("blizzard"), new("snowstorm"), new("sandstorm"), new("tornado"), new("hurricane"), new("gale"), new("leaf rustle"), new("rustle leaf"), new("rustling grass"), new("grass sway", Amount: 0.7), new("pampas grass sway", Amount: 0.7), new("hair blow", Amount: 0.7), new("wind turbine"),
        new("mountain", Amount: 0.4), new("desert", Amount: 0.4), new("sand dune", Amount: 0.4), new("cliff", Amount: 0.4), new("canyon", Amount: 0.4), new("meadow", Amount: 0.4), new("wheat field", Amount: 0.4), new("snow", Amount: 0.4), new("snowy", Amount: 0.4), new("snowfall", Amount: 0.4), new("glacier", Amount: 0.4), new("cloud", Amount: 0.3),
        new("风"), new("微风"), new("暴风"), new("狂风"), new("风吹"), new("暴风雪"), new("沙尘暴"), new("台风"), new("沙漠", Amount: 0.4), new("山", Amount: 0.4), new("雪", Amount: 0.4), new("草原", Amount: 0.4), new("悬崖", Amount: 0.4), new("云", Amount: 0.3),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        // Both ears hear the same gusts, but each its own turbulence.
        var shared = new NoiseSource(seed, 9);
        double[] gusts = Wander.Curve(shared, left.Length, 0.35), flutter = Wander.Curve(shared, left.Length, 1.3);
        Channel(left, new NoiseSource(seed, 0), gusts, flutter);
        Channel(right, new NoiseSource(seed, 1), gusts, flutter);
    }

    private static void Channel(Span<float> output, NoiseSource noise, double[] gusts, double[] flutter)
    {
        SweptFilter body = new(), whistle = new();
        double gain = 0;
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            var strength = 0.25 + 0.75 * gusts[step] * (0.6 + 0.4 * flutter[step]);
            body.Tune(180 + 420 * strength, 1.2);
            whistle.Tune(550 + 900 * strength, 5);
            var slope = (Math.Pow(strength, 1.6) - gain) / Steps.Samples;
            for (var end = Steps.End(step, output.Length); i < end; i++, gain += slope)
            {
                var source = noise.Pink();
                body.Next(source);
                whistle.Next(source);
                output[i] = (float)(gain * (1.6 * body.Low + 0.07 * whistle.Band));
            }
        }
    }
}
