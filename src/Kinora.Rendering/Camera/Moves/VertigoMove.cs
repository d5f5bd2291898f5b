using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>The dolly zoom: the camera goes in while the lens goes wide, so that the subject keeps its size and the room around it stretches.</summary>
internal sealed class VertigoMove : ICameraMove
{
    public string Name => "vertigo";

    public Heading DefaultHeading => Heading.In;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("dolly zoom"), new("zolly"), new("vertigo effect"), new("vertigo shot"), new("vertigo"), new("hitchcock zoom"), new("contra zoom"), new("push pull zoom"),
        new("希区柯克变焦"), new("希区柯克式变焦"), new("滑动变焦"), new("眩晕镜头"),
    ];

    public CameraPose At(in MoveMoment moment)
    {
        var forward = moment.Sign * 0.20 * moment.Reach;
        return new CameraPose { Z = forward, Zoom = 1 - forward * moment.Pivot };
    }
}
