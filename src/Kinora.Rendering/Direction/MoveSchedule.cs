using Kinora.Rendering.Camera;
using Kinora.Rendering.Camera.Moves;

namespace Kinora.Rendering.Direction;

/// <summary>Gives requested moves their place in a shot: steps one after another with soft joints, moves of one step together.</summary>
internal static class MoveSchedule
{
    // How far a step reaches into the next one, as a fraction of a step: the camera turns from one move into the other without stopping.
    private const double Joint = 0.22;
    private const double ReferenceSeconds = 5;

    /// <param name="reading">What the prompt says.</param>
    /// <param name="seconds">Length of the shot.</param>
    /// <param name="guidance">How closely to follow the prompt, 0 to 1.</param>
    /// <param name="fallback">The move when nothing was said.</param>
    public static List<MovePlan> Plan(MoveReading reading, double seconds, double guidance, DefaultMove fallback)
    {
        var wanted = reading.Requests.Where(request => !reading.Denied.Contains(request.Move)).ToList();
        if (reading.WantsStatic && wanted.TrueForAll(request => request.Move is StaticMove.MoveName or HandheldMove.MoveName))
            return [Hold("no camera movement")];
        wanted = DropIdleStatic(wanted);
        if (wanted.Count == 0)
            return [Default(seconds, guidance, fallback)];
        var steps = wanted.Where(request => request.Move != HandheldMove.MoveName).Select(request => request.Step).Distinct().Order().ToList();
        var explicitScale = 0.6 + 0.8 * guidance;
        var moves = wanted.ConvertAll(request => Place(request, steps, seconds, explicitScale));
        if (steps.Count == 0 && !reading.WantsStatic)
            moves.Insert(0, Default(seconds, guidance, fallback));
        return [.. moves.OrderBy(move => move.Move == HandheldMove.MoveName).ThenBy(move => move.Start)];
    }

    private static MovePlan Place(MoveRequest request, List<int> steps, double seconds, double scale)
    {
        var index = steps.IndexOf(request.Step);
        double start = 0, end = 1;
        if (request.Move != HandheldMove.MoveName && steps.Count > 1)
        {
            var length = 1.0 / steps.Count;
            start = Math.Max(0, (index - Joint / 2) * length);
            end = Math.Min(1, (index + 1 + Joint / 2) * length);
        }
        var amount = request.Move == StaticMove.MoveName ? 0 : request.Amount * scale * LengthScale((end - start) * seconds);
        return new MovePlan(request.Move, request.Heading, Round(amount), request.Easing, Round(start), Round(end), request.Source);
    }

    private static MovePlan Default(double seconds, double guidance, DefaultMove move) =>
        new(move.Name, move.Heading, Round(move.Amount * (1.2 - 0.4 * guidance) * LengthScale(seconds)), Easing.Smooth, 0, 1, DefaultMove.Source);

    private static MovePlan Hold(string source) => new(StaticMove.MoveName, Heading.None, 0, Easing.Smooth, 0, 1, source);

    // A still camera beside another move in the same shot means "apart from that".
    private static List<MoveRequest> DropIdleStatic(List<MoveRequest> wanted)
    {
        var moving = wanted.Where(request => request.Move != StaticMove.MoveName).ToList();
        return moving.Count == 0
            ? [.. wanted.Take(1)]
            : [.. wanted.Where(request => request.Move != StaticMove.MoveName || moving.TrueForAll(other => other.Step != request.Step))];
    }

    // Twice the time is worth the square root of two of the way: longer moves go farther, but slower.
    private static double LengthScale(double seconds) => Math.Sqrt(seconds / ReferenceSeconds);

    private static double Round(double value) => Math.Round(value, 4);
}
