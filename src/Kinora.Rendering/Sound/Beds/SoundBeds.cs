namespace Kinora.Rendering.Sound.Beds;

/// <summary>All ambiences there are.</summary>
internal static class SoundBeds
{
    public static IReadOnlyList<ISoundBed> All { get; } =
    [
        new RainBed(),
        new ThunderBed(),
        new WavesBed(),
        new StreamBed(),
        new LappingBed(),
        new WindBed(),
        new FireBed(),
        new BirdsBed(),
        new NightBed(),
        new CityBed(),
        new TrafficBed(),
        new CrowdBed(),
        new MachineryBed(),
        new UnderwaterBed(),
        new SpaceBed(),
        new RoomBed(),
    ];

    public static ISoundBed Named(string name) => All.First(bed => bed.Name == name);
}
