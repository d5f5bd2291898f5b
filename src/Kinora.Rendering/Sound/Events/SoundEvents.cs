namespace Kinora.Rendering.Sound.Events;

/// <summary>All events there are.</summary>
internal static class SoundEvents
{
    public static IReadOnlyList<ISoundEvent> All { get; } =
    [
        new FootstepsEvent(),
        new HoovesEvent(),
        new ImpactEvent(),
        new ExplosionEvent(),
        new GlassEvent(),
        new KnockEvent(),
        new DoorEvent(),
        new SplashEvent(),
        new BellEvent(),
        new ChimeEvent(),
        new ClockEvent(),
        new HeartbeatEvent(),
        new ShutterEvent(),
        new ApplauseEvent(),
        new HornEvent(),
        new WhooshEvent(),
    ];

    public static ISoundEvent Named(string name) => All.First(sound => sound.Name == name);
}
