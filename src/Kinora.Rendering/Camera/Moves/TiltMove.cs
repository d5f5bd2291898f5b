using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>The camera stays and looks up or down.</summary>
internal sealed class TiltMove : ICameraMove
{
    public string Name => "tilt";

    public Heading DefaultHeading => Heading.Up;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("tilt up", Heading.Up), new("tilt upward", Heading.Up), new("tilt down", Heading.Down), new("tilt downward", Heading.Down), new("tilt shot"), new("tilt", NeedsCamera: true),
        new("pan up", Heading.Up), new("pan upward", Heading.Up), new("pan down", Heading.Down), new("pan downward", Heading.Down), new("look up", Heading.Up, NeedsCamera: true), new("look down", Heading.Down, NeedsCamera: true),
        new("上摇", Heading.Up), new("下摇", Heading.Down), new("向上摇", Heading.Up), new("向下摇", Heading.Down), new("仰拍", Heading.Up), new("俯拍", Heading.Down), new("镜头上仰", Heading.Up), new("镜头下俯", Heading.Down), new("俯仰"),
    ];

    public CameraPose At(in MoveMoment moment) => new() { Pitch = moment.Sign * 0.055 * moment.Aspect * moment.Reach, Zoom = 1 };
}
