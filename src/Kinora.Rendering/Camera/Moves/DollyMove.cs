using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>The camera itself goes closer or farther: near things grow faster than far ones.</summary>
internal sealed class DollyMove : ICameraMove
{
    public string Name => "dolly";

    public Heading DefaultHeading => Heading.In;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("push in", Heading.In), new("push toward", Heading.In, NeedsCamera: true), new("push forward", Heading.In, NeedsCamera: true), new("push closer", Heading.In),
        new("dolly in", Heading.In), new("dolly forward", Heading.In), new("dolly toward", Heading.In), new("dolly into", Heading.In), new("track in", Heading.In),
        new("move in", Heading.In, NeedsCamera: true), new("move closer", Heading.In, NeedsCamera: true), new("move forward", Heading.In, NeedsCamera: true),
        new("move toward", Heading.In, NeedsCamera: true), new("move into", Heading.In, NeedsCamera: true), new("ease in", Heading.In), new("eases closer", Heading.In),
        new("creep in", Heading.In), new("creep closer", Heading.In, NeedsCamera: true), new("creep forward", Heading.In, NeedsCamera: true),
        new("glide in", Heading.In, NeedsCamera: true), new("glide forward", Heading.In, NeedsCamera: true), new("glide toward", Heading.In, NeedsCamera: true),
        new("float forward", Heading.In, NeedsCamera: true), new("float toward", Heading.In, NeedsCamera: true), new("drift forward", Heading.In, NeedsCamera: true),
        new("drift closer", Heading.In, NeedsCamera: true), new("drift in", Heading.In, NeedsCamera: true),
        new("approach", Heading.In, NeedsCamera: true), new("close in", Heading.In, NeedsCamera: true), new("fly forward", Heading.In, NeedsCamera: true),
        new("fly through", Heading.In, NeedsCamera: true), new("fly into", Heading.In, NeedsCamera: true), new("fly toward", Heading.In, NeedsCamera: true),
        new("following from behind", Heading.In), new("follow from behind", Heading.In),
        new("walk forward", Heading.In, Implied: true), new("walk toward", Heading.In, Implied: true), new("run forward", Heading.In, Implied: true), new("向前走", Heading.In, Implied: true), new("往前走", Heading.In, Implied: true),
        new("hyperlapse", Heading.In, Amount: 1.3, Easing: Easing.Steady), new("push in shot", Heading.In), new("dolly shot", NeedsCamera: false), new("dolly", NeedsCamera: true),
        new("pull back", Heading.Out, NeedsCamera: true), new("pull out", Heading.Out, NeedsCamera: true), new("pull away", Heading.Out, NeedsCamera: true), new("pullback", Heading.Out),
        new("dolly out", Heading.Out), new("dolly back", Heading.Out), new("dolly away", Heading.Out), new("track out", Heading.Out), new("track back", Heading.Out),
        new("move back", Heading.Out, NeedsCamera: true), new("move away", Heading.Out, NeedsCamera: true), new("move out", Heading.Out, NeedsCamera: true),
        new("back away", Heading.Out, NeedsCamera: true), new("retreat", Heading.Out, NeedsCamera: true), new("widen", Heading.Out, NeedsCamera: true),
        new("drift back", Heading.Out, NeedsCamera: true), new("ease out", Heading.Out, NeedsCamera: true), new("ease back", Heading.Out, NeedsCamera: true),
        new("推近", Heading.In), new("推进", Heading.In), new("推镜", Heading.In), new("前推", Heading.In), new("靠近", Heading.In, NeedsCamera: true), new("镜头前移", Heading.In),
        new("逼近", Heading.In, NeedsCamera: true), new("向前移动", Heading.In, NeedsCamera: true), new("向前飞", Heading.In, NeedsCamera: true), new("往前飞", Heading.In, NeedsCamera: true), new("前飞", Heading.In, NeedsCamera: true), new("穿越", Heading.In, NeedsCamera: true), new("穿过", Heading.In, NeedsCamera: true), new("镜头推", Heading.In),
        new("拉远", Heading.Out), new("拉镜", Heading.Out), new("镜头拉", Heading.Out), new("镜头后退", Heading.Out), new("后拉", Heading.Out), new("后退", Heading.Out, NeedsCamera: true), new("向后飞", Heading.Out, NeedsCamera: true), new("往后飞", Heading.Out, NeedsCamera: true), new("拉开", Heading.Out, NeedsCamera: true),
    ];

    public CameraPose At(in MoveMoment moment) => moment.Heading == Heading.Out
        ? new CameraPose { Z = -0.12 * moment.Reach, Zoom = 1 / (1 + 0.045 * moment.Reach) }
        : new CameraPose
        {
            Z = 0.13 * moment.Reach,
            Zoom = 1 + 0.055 * moment.Reach,
            CentreU = moment.FocusU * 0.06 * moment.Reach,
            CentreV = moment.FocusV * 0.06 * moment.Reach,
        };
}
