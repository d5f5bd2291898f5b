using Kinora.Media;

namespace Kinora.Rendering.Effects;

/// <summary>The time that passes in the picture: it goes on over cuts, and slower or faster than the clip's where a shot says so.</summary>
internal sealed class SceneClock
{
    private readonly double[] _seconds;

    public SceneClock(IReadOnlyList<ShotPlan> shots, FrameRate rate)
    {
        _seconds = new double[shots.Sum(shot => shot.FrameCount)];
        var time = 0.0;
        foreach (var shot in shots)
        {
            for (var frame = shot.FirstFrame; frame < shot.FirstFrame + shot.FrameCount; frame++)
            {
                _seconds[frame] = time;
                time += (shot.Tempo?.Factor ?? 1) / rate.FramesPerSecond;
            }
        }
    }

    /// <summary>Scene time of a frame in seconds; frame 0 is 0.</summary>
    public double SecondsAt(int frame) => _seconds[frame];
}
