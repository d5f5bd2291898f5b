using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>Sideways on rails, looking straight ahead: the slider shot.</summary>
internal sealed class TruckMove : ICameraMove
{
    public string Name => "truck";

    public Heading DefaultHeading => Heading.Right;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("truck left", Heading.Left), new("truck right", Heading.Right), new("trucking shot"), new("truck", NeedsCamera: true), new("slider shot"), new("slide left", Heading.Left, NeedsCamera: true),
        new("slide right", Heading.Right, NeedsCamera: true), new("slide", NeedsCamera: true), new("tracking shot"), new("track left", Heading.Left), new("track right", Heading.Right),
        new("track alongside"), new("track", NeedsCamera: true), new("lateral move"), new("lateral"), new("side scroll"), new("sideways", NeedsCamera: true), new("crab left", Heading.Left),
        new("crab right", Heading.Right), new("move left", Heading.Left, NeedsCamera: true), new("move right", Heading.Right, NeedsCamera: true), new("glide left", Heading.Left, NeedsCamera: true),
        new("glide right", Heading.Right, NeedsCamera: true), new("glide past", NeedsCamera: true), new("glide", NeedsCamera: true, Amount: 0.8), new("follow", NeedsCamera: true), new("drift left", Heading.Left, NeedsCamera: true),
        new("drift right", Heading.Right, NeedsCamera: true),
        new("横移"), new("平移"), new("跟拍"), new("跟随", NeedsCamera: true), new("移镜头"), new("侧移"), new("左移", Heading.Left), new("右移", Heading.Right),
        new("向左移动", Heading.Left, NeedsCamera: true), new("向右移动", Heading.Right, NeedsCamera: true),
    ];

    public CameraPose At(in MoveMoment moment) => new() { X = moment.Sign * 0.075 * moment.Reach, Zoom = 1 };
}
