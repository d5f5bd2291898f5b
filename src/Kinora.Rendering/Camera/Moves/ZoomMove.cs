using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>Only the focal length changes: everything grows alike.</summary>
internal sealed class ZoomMove : ICameraMove
{
    public string Name => "zoom";

    public Heading DefaultHeading => Heading.In;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("crash zoom", Heading.In, Amount: 1.8, Easing: Easing.Sudden), new("snap zoom", Heading.In, Amount: 1.6, Easing: Easing.Sudden), new("whip zoom", Heading.In, Amount: 1.6, Easing: Easing.Sudden),
        new("zoom in", Heading.In), new("zoom into", Heading.In), new("zoom closer", Heading.In), new("zoom toward", Heading.In), new("zoom out", Heading.Out), new("zoom back", Heading.Out),
        new("zoom away", Heading.Out), new("zoom"), new("magnify", Heading.In, NeedsCamera: true),
        new("急推变焦", Heading.In, Amount: 1.6, Easing: Easing.Sudden), new("变焦推近", Heading.In), new("变焦拉远", Heading.Out), new("变焦"), new("放大", Heading.In), new("缩小", Heading.Out),
    ];

    public CameraPose At(in MoveMoment moment) => moment.Heading == Heading.Out
        ? new CameraPose { Zoom = 1 / (1 + 0.11 * moment.Reach) }
        : new CameraPose { Zoom = 1 + 0.16 * moment.Reach, CentreU = moment.FocusU * 0.13 * moment.Reach, CentreV = moment.FocusV * 0.13 * moment.Reach };
}
