using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>The camera stays and turns its head left or right.</summary>
internal sealed class PanMove : ICameraMove
{
    public string Name => "pan";

    public Heading DefaultHeading => Heading.Right;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("whip pan", Amount: 1.5, Easing: Easing.Sudden), new("whip", NeedsCamera: true, Amount: 1.5, Easing: Easing.Sudden), new("swish pan", Amount: 1.5, Easing: Easing.Sudden),
        new("pan left", Heading.Left), new("pan right", Heading.Right), new("pan to the left", Heading.Left), new("pan to the right", Heading.Right), new("pan across"), new("pan over"), new("pan around"),
        new("panning shot"), new("pan shot"), new("pan", NeedsCamera: true), new("sweep left", Heading.Left, NeedsCamera: true), new("sweep right", Heading.Right, NeedsCamera: true), new("sweep across", NeedsCamera: true),
        new("sweep", NeedsCamera: true), new("look around", NeedsCamera: true), new("turn left", Heading.Left, NeedsCamera: true), new("turn right", Heading.Right, NeedsCamera: true), new("panoramic shot"),
        new("摇镜头"), new("摇镜"), new("镜头摇"), new("左摇", Heading.Left), new("右摇", Heading.Right), new("向左摇", Heading.Left), new("向右摇", Heading.Right), new("横摇"), new("扫过", NeedsCamera: true),
    ];

    public CameraPose At(in MoveMoment moment) => new() { Yaw = moment.Sign * 0.055 * moment.Reach, Zoom = 1 };
}
