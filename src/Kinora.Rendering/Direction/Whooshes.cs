using Kinora.Rendering.Camera;
using Kinora.Rendering.Camera.Moves;
using Kinora.Rendering.Sound.Events;

namespace Kinora.Rendering.Direction;

/// <summary>A rush of air for every camera move that is sudden or fast, where its speed is highest.</summary>
internal static class Whooshes
{
    // Strengths of a move per second; the default pace over five seconds is 0.2, a fast one 0.32.
    private const double Fast = 0.3;

    public static IEnumerable<EventPlan> Of(IReadOnlyList<ShotPlan> shots, double framesPerSecond)
    {
        foreach (var shot in shots)
        {
            foreach (var move in shot.Moves.Where(move => move.Move != HandheldMove.MoveName && move.Amount > 0))
            {
                if (Rush(move, shot.FirstFrame / framesPerSecond, shot.FrameCount / framesPerSecond) is { } whoosh)
                    yield return whoosh;
            }
        }
    }

    private static EventPlan? Rush(MovePlan move, double shotStart, double shotSeconds)
    {
        var seconds = (move.End - move.Start) * shotSeconds;
        var speed = move.Amount / seconds;
        if (move.Easing != Easing.Sudden && (speed < Fast || move.Source == DefaultMove.Source))
            return null;
        // A sudden move makes most of its way in a tenth of its time, in the middle; another one is fastest between its ramps.
        var length = Math.Clamp(move.Easing == Easing.Sudden ? seconds * 0.3 : seconds * 0.5, 0.35, 1.4);
        var middle = shotStart + (move.Start + (move.End - move.Start) * (move.Easing == Easing.Sudden ? Peak(move.Easing) : 0.5)) * shotSeconds;
        var side = Swing(move);
        var start = Math.Max(0, middle - length / 2);
        return new EventPlan(WhooshEvent.EventName, Math.Round(start, 3), Math.Round(start + length, 3), 1, move.Easing == Easing.Sudden ? 3 : 0, -side, side, move.Source);
    }

    /// <summary>When an easing is fastest, as a fraction of the move.</summary>
    private static double Peak(Easing easing)
    {
        const int steps = 100;
        return Enumerable.Range(0, steps).MaxBy(i => Ease.Progress(easing, (i + 1.0) / steps) - Ease.Progress(easing, (double)i / steps)) / (double)steps;
    }

    // The picture passes the other way.
    private static double Swing(MovePlan move) => move.Heading switch { Heading.Left => 0.7, Heading.Right => -0.7, _ => 0 };
}
