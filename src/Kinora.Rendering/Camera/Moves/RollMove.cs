using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>The camera turns about its own axis: the horizon leans.</summary>
internal sealed class RollMove : ICameraMove
{
    public string Name => "roll";

    public Heading DefaultHeading => Heading.Right;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("dutch angle"), new("dutch tilt"), new("dutch"), new("barrel roll"), new("camera roll"), new("roll left", Heading.Left, NeedsCamera: true), new("roll right", Heading.Right, NeedsCamera: true), new("roll", NeedsCamera: true),
        new("tilt sideways", NeedsCamera: true), new("canted angle"), new("rotate", NeedsCamera: true), new("spin", NeedsCamera: true), new("斜角镜头"), new("荷兰角"), new("镜头倾斜"), new("镜头滚转"), new("倾斜", NeedsCamera: true),
    ];

    // A camera that rolls to the right (clockwise) sees the picture turn to the left.
    public CameraPose At(in MoveMoment moment) => new() { Roll = -moment.Sign * 0.055 * moment.Reach, Zoom = 1 };
}
