using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>Sideways around the subject, which stays where it is while near and far slide past each other.</summary>
internal sealed class OrbitMove : ICameraMove
{
    public string Name => "orbit";

    public Heading DefaultHeading => Heading.Right;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("orbit"), new("orbital"), new("arc shot"), new("arc around"), new("arc left", Heading.Left), new("arc right", Heading.Right), new("arc", NeedsCamera: true),
        new("circle around", NeedsCamera: true), new("circle", NeedsCamera: true), new("rotate around", NeedsCamera: true), new("revolve around", NeedsCamera: true), new("spin around", NeedsCamera: true),
        new("move around", NeedsCamera: true), new("360 shot"), new("360 degree"), new("parallax shot"), new("swing around", NeedsCamera: true), new("wrap around", NeedsCamera: true),
        new("turntable"), new("环绕"), new("绕着", NeedsCamera: true), new("围绕", NeedsCamera: true), new("旋转镜头"), new("镜头旋转"), new("弧形运镜"), new("绕拍"),
    ];

    public CameraPose At(in MoveMoment moment)
    {
        var slide = moment.Sign * 0.040 / moment.Pivot * moment.Reach;
        return new CameraPose
        {
            X = slide,
            Yaw = -Math.Atan(slide * moment.Pivot),
            Y = -0.012 * moment.Amount * Math.Sin(Math.PI * moment.Progress),
            Z = 0.05 * moment.Reach,
            Zoom = 1,
        };
    }
}
