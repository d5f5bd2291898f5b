using Kinora.Rendering.Camera;

namespace Kinora.Rendering.Transition;

/// <summary>
/// The camera over the end image: the same move as over the start image, so that both drift together while one fades into the other,
/// arranged to come to rest exactly on the last frame.
/// </summary>
internal static class EndPath
{
    public static CameraPose[] Of(CameraPose[] startPath)
    {
        var last = startPath[^1];
        return Array.ConvertAll(startPath, pose => Settle(pose.Minus(last)));
    }

    // Going in, the end image would have to start smaller than the frame: it starts a little larger instead, where the move is nearly over anyway.
    private static CameraPose Settle(CameraPose pose) => pose with { Z = Math.Min(pose.Z, 0) * 0.6, Zoom = 1 };
}
