namespace Kinora.Rendering.Camera.Moves;

/// <summary>All camera moves there are.</summary>
internal static class CameraMoves
{
    public static IReadOnlyList<ICameraMove> All { get; } =
    [
        new StaticMove(),
        new DriftMove(),
        new DollyMove(),
        new ZoomMove(),
        new VertigoMove(),
        new OrbitMove(),
        new TruckMove(),
        new PanMove(),
        new TiltMove(),
        new CraneMove(),
        new RollMove(),
        new HandheldMove(),
    ];

    public static ICameraMove Named(string name) => All.First(move => move.Name == name);
}
