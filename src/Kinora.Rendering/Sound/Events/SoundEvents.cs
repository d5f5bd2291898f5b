namespace Kinora.Rendering.Sound.Events;

/// <summary>All sound events there are.</summary>
internal static class SoundEvents
{
    public static IReadOnlyList<ISoundEvent> All { get; } = [new FootstepsEvent(), new ThunderEvent(), new ImpactEvent(), new WhooshEvent(), new ShutterEvent(), new BellEvent(), new HeartbeatEvent()];

    public static ISoundEvent Named(string name) => All.First(item => item.Name == name);
}
