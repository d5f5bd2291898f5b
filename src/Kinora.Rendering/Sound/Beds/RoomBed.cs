using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>The nearly silent air of a room.</summary>
internal sealed class RoomBed : ISoundBed
{
    public const string BedName = "room";

    public string Name => BedName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("room"), new("indoor"), new("indoors"), new("interior"), new("office"), new("kitchen"), new("studio"), new("library"), new("bedroom"), new("hall"), new("museum"), new("室内"), new("房间"), new("办公室"), new("厨房"), new("图书馆"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        Channel(left, new NoiseSource(seed, 0));
        Channel(right, new NoiseSource(seed, 1));
    }

    private static void Channel(Span<float> output, NoiseSource noise)
    {
        var low = Biquad.LowPass(250);
        for (var i = 0; i < output.Length; i++)
            output[i] = (float)(0.05 * low.Next(noise.Brown()) + 0.004 * noise.Pink());
    }
}
