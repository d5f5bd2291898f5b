using Kinora.Rendering.Camera.Moves;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera;

/// <summary>All poses of one shot, known before the first frame is rendered.</summary>
internal static class CameraPath
{
    /// <param name="shot">What the camera does.</param>
    /// <param name="scene">What it looks at.</param>
    /// <param name="secondsPerFrame">Time from frame to frame.</param>
    /// <param name="seed">For moves with chance in them.</param>
    public static CameraPose[] Of(ShotPlan shot, CameraScene scene, double secondsPerFrame, long seed)
    {
        var framing = Start(shot.Framing);
        var moves = shot.Moves.Select(move => (Plan: move, Geometry: CameraMoves.Named(move.Move))).ToList();
        var poses = new CameraPose[shot.FrameCount];
        for (var frame = 0; frame < poses.Length; frame++)
        {
            var time = poses.Length == 1 ? 0 : (double)frame / (poses.Length - 1);
            var pose = framing;
            foreach (var (plan, geometry) in moves)
                pose = pose.Plus(geometry.At(Moment(plan, time, scene, poses.Length * secondsPerFrame, seed)));
            poses[frame] = pose;
        }
        return poses;
    }

    /// <summary>The pose that shows a part of the picture without moving the camera: a longer lens, shifted.</summary>
    public static CameraPose Start(Framing framing) => CameraPose.Rest with { Zoom = 1 / framing.Scale, CentreU = framing.CentreU, CentreV = framing.CentreV };

    private static MoveMoment Moment(MovePlan plan, double time, CameraScene scene, double shotSeconds, long seed)
    {
        var length = plan.End - plan.Start;
        var local = Math.Clamp((time - plan.Start) / length, 0, 1);
        var seconds = Math.Max(0, time - plan.Start) * shotSeconds;
        return new MoveMoment(
            Ease.Progress(plan.Easing, local), plan.Amount, plan.Heading, scene.Pivot, scene.FocusU, scene.FocusV, scene.Aspect, seconds, seed);
    }
}
