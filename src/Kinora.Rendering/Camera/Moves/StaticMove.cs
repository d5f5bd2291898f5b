using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>A locked camera: only the picture moves.</summary>
internal sealed class StaticMove : ICameraMove
{
    public const string MoveName = "static";

    public string Name => MoveName;

    public Heading DefaultHeading => Heading.None;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("static camera"), new("static shot"), new("static", NeedsCamera: true), new("locked off"), new("locked camera"), new("locked down"), new("fixed camera"),
        new("fixed shot"), new("tripod"), new("still camera"), new("stationary camera"), new("camera stay still"), new("camera remain still"),
        new("camera hold still"), new("camera is still"), new("camera stay fixed"), new("camera remain fixed"), new("camera remain static"), new("camera stay static"),
        new("cinemagraph"), new("hold still", NeedsCamera: true), new("镜头保持静止"), new("镜头保持不动"), new("静止不动", NeedsCamera: true), new("固定镜头"), new("固定机位"), new("镜头固定"), new("静止镜头"), new("镜头静止"), new("机位不变"), new("镜头不动"), new("相机不动"),
    ];

    public CameraPose At(in MoveMoment moment) => CameraPose.Rest;
}
