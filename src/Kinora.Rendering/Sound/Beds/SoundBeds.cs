namespace Kinora.Rendering.Sound.Beds;

/// <summary>All ambiences there are.</summary>
internal static class SoundBeds
{
    public static IReadOnlyList<ISoundBed> All { get; } =
    [
        new RainBed(),
        new WavesBed(),
        new StreamBed(),
        new WindBed(),
        new CrowdBed(),
        new MachineBed(),
        new UnderwaterBed(),
        new SpaceBed(),
        new PadBed(),
        new FireBed(),
        new BirdsBed(),
        new NightBed(),
        new CityBed(),
        new RoomBed(),
    ];

    public static ISoundBed Named(string name) => All.First(bed => bed.Name == name);
}
