using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>The camera rises or sinks, and turns a little towards where it came from.</summary>
internal sealed class CraneMove : ICameraMove
{
    public string Name => "crane";

    public Heading DefaultHeading => Heading.Up;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("crane up", Heading.Up), new("crane down", Heading.Down), new("crane shot"), new("crane", NeedsCamera: true), new("jib up", Heading.Up), new("jib down", Heading.Down), new("jib shot"),
        new("boom up", Heading.Up), new("boom down", Heading.Down), new("pedestal up", Heading.Up), new("pedestal down", Heading.Down), new("rise", Heading.Up, NeedsCamera: true), new("ascend", Heading.Up, NeedsCamera: true),
        new("lift", Heading.Up, NeedsCamera: true), new("descend", Heading.Down, NeedsCamera: true), new("lower", Heading.Down, NeedsCamera: true), new("sink", Heading.Down, NeedsCamera: true),
        new("move up", Heading.Up, NeedsCamera: true), new("move upward", Heading.Up, NeedsCamera: true), new("move down", Heading.Down, NeedsCamera: true), new("move downward", Heading.Down, NeedsCamera: true), new("drone shot", Heading.Up, Implied: true),
        new("drone footage", Heading.Up, Implied: true), new("drone view", Heading.Up, Implied: true), new("aerial shot", Heading.Up, Implied: true), new("aerial view", Heading.Up, Implied: true), new("flyover", Heading.Up), new("fly over", Heading.Up, NeedsCamera: true), new("swoop down", Heading.Down, NeedsCamera: true),
        new("升降"), new("攀升", Heading.Up, NeedsCamera: true), new("爬升", Heading.Up, NeedsCamera: true), new("升空", Heading.Up, NeedsCamera: true), new("降落", Heading.Down, NeedsCamera: true), new("飞越", Heading.Up, NeedsCamera: true), new("飞过", Heading.Up, NeedsCamera: true), new("掠过", Heading.Up, NeedsCamera: true), new("镜头上升", Heading.Up), new("镜头升", Heading.Up), new("上升", Heading.Up, NeedsCamera: true), new("升起", Heading.Up, NeedsCamera: true), new("镜头下降", Heading.Down), new("下降", Heading.Down, NeedsCamera: true), new("俯冲", Heading.Down, NeedsCamera: true), new("航拍", Heading.Up, Implied: true), new("无人机", Heading.Up, Implied: true), new("鸟瞰", Heading.Up, Implied: true), new("俯瞰", Heading.Up, Implied: true),
        new("摇臂"), new("向上移动", Heading.Up, NeedsCamera: true), new("向下移动", Heading.Down, NeedsCamera: true),
    ];

    public CameraPose At(in MoveMoment moment)
    {
        var climb = moment.Sign * 0.13 * moment.Aspect * moment.Reach;
        return new CameraPose { Y = climb, Pitch = -Math.Atan(climb * moment.Pivot * 0.25), Z = 0.02 * moment.Reach, Zoom = 1 };
    }
}
