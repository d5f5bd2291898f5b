using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>What the camera does when nobody says anything: a slow push in, sliding a little past the subject.</summary>
internal sealed class DriftMove : ICameraMove
{
    public const string MoveName = "drift";

    public string Name => MoveName;

    public Heading DefaultHeading => Heading.Right;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("camera drift"), new("camera float"), new("floating camera"), new("drift", NeedsCamera: true), new("subtle camera movement"), new("gentle camera movement"),
        new("slight camera movement"), new("镜头漂移"), new("镜头飘动"), new("轻微运镜"),
    ];

    public CameraPose At(in MoveMoment moment)
    {
        var slide = moment.Sign * 0.016 * moment.Reach;
        return new CameraPose
        {
            X = slide,
            Yaw = -Math.Atan(slide * moment.Pivot * 0.5),
            Z = 0.10 * moment.Reach,
            Zoom = 1 + 0.02 * moment.Reach,
        };
    }
}
