using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Pink noise through two filters that open with the gusts.</summary>
internal sealed class WindBed : ISoundBed
{
    public const string BedName = "wind";

    public string Name => BedName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("wind"), new("windy"), new("breeze"), new("gust"), new("storm"), new("blizzard"), new("mountain"), new("desert"), new("sand dune"), new("cliff"), new("meadow"), new("grass sway"), new("snow"), new("snowy"),
        new("风"), new("微风"), new("暴风"), new("沙漠"), new("山"), new("雪"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        // Both ears hear the same gusts, but each its own turbulence.
        var shared = new NoiseSource(seed, 9);
        Wander gusts = new(shared, left.Length, 0.35), flutter = new(shared, left.Length, 1.3);
        Channel(left, new NoiseSource(seed, 0), gusts, flutter);
        Channel(right, new NoiseSource(seed, 1), gusts, flutter);
    }

    private static void Channel(Span<float> output, NoiseSource noise, Wander gusts, Wander flutter)
    {
        SweptFilter body = new(), whistle = new();
        for (var i = 0; i < output.Length; i++)
        {
            var strength = 0.25 + 0.75 * gusts[i] * (0.6 + 0.4 * flutter[i]);
            var source = noise.Pink();
            body.Next(source, 180 + 420 * strength, 1.2);
            whistle.Next(source, 550 + 900 * strength, 5);
            output[i] = (float)(strength * strength * (1.6 * body.Low + 0.35 * whistle.Band));
        }
    }
}
