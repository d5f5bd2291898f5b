using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>The nearly silent air of a room.</summary>
internal sealed class RoomBed : ISoundBed
{
    public const string BedName = "room";

    public string Name => BedName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("room", Amount: 0.5), new("indoor", Amount: 0.5), new("indoors", Amount: 0.5), new("interior", Amount: 0.5), new("office", Amount: 0.5), new("kitchen", Amount: 0.5), new("studio", Amount: 0.5), new("library", Amount: 0.5), new("bedroom", Amount: 0.5), new("hallway", Amount: 0.5), new("museum", Amount: 0.5), new("room tone"),
        new("室内", Amount: 0.5), new("房间", Amount: 0.5), new("办公室", Amount: 0.5), new("厨房", Amount: 0.5), new("图书馆", Amount: 0.5), new("卧室", Amount: 0.5), new("客厅", Amount: 0.5),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        Channel(left, new NoiseSource(seed, 0));
        Channel(right, new NoiseSource(seed, 1));
    }

    private static void Channel(Span<float> output, NoiseSource noise)
    {
        // Air from somewhere, duller than outdoors, and a trace of the world behind the walls.
        Biquad walls = Biquad.LowPass(320), air = Biquad.LowPass(2400);
        for (var i = 0; i < output.Length; i++)
            output[i] = (float)(0.035 * walls.Next(noise.Brown()) + 0.035 * air.Next(noise.Pink()));
    }
}
