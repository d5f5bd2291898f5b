using Kinora.Rendering.Direction;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>An operator who breathes: slow sway in position, angle and roll on top of whatever else happens.</summary>
internal sealed class HandheldMove : ICameraMove
{
    public const string MoveName = "handheld";

    public string Name => MoveName;

    public Heading DefaultHeading => Heading.None;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("handheld"), new("hand held"), new("shaky cam"), new("shaky camera", Amount: 1.5), new("camera shake", Amount: 1.5), new("camera shakes", Amount: 1.5), new("shaky", Amount: 1.5), new("shake", NeedsCamera: true, Amount: 1.5), new("shaking", NeedsCamera: true, Amount: 1.5), new("jitter", NeedsCamera: true, Amount: 1.3),
        new("documentary style"), new("vlog"), new("pov shot"), new("first person"), new("found footage", Amount: 1.4), new("手持"), new("晃动", NeedsCamera: true, Amount: 1.3), new("抖动", NeedsCamera: true, Amount: 1.4), new("纪录片风格"), new("第一人称"), new("第一视角"),
    ];

    public CameraPose At(in MoveMoment moment)
    {
        // The first frame is the start image, so the sway has to grow out of rest.
        var amount = moment.Amount * Smooth.Step(0, 0.8, moment.Seconds);
        var (seconds, seed) = (moment.Seconds, moment.Seed);
        double Sway(int channel) => Wander(seconds, channel, seed);
        return new CameraPose
        {
            X = 0.010 * amount * Sway(1),
            Y = 0.008 * amount * Sway(2),
            Yaw = 0.0040 * amount * Sway(3),
            Pitch = 0.0032 * amount * Sway(4),
            Roll = 0.0045 * amount * Sway(5),
            Z = 0.03 * moment.Reach,
            Zoom = 1,
        };
    }

    // Three sines at frequencies without a common period (0.29, 0.53 and 0.91 Hz), different for every channel and seed.
    private static double Wander(double seconds, int channel, long seed)
    {
        var phase = (seed % 1009) * 0.37 + channel * 1.7;
        return 0.5 * Math.Sin(1.8 * seconds + phase) + 0.3 * Math.Sin(3.3 * seconds + 1.7 * phase) + 0.2 * Math.Sin(5.7 * seconds + 2.5 * phase);
    }
}
