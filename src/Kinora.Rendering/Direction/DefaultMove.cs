using Kinora.Rendering.Camera.Moves;
using Kinora.Rendering.Depth;

namespace Kinora.Rendering.Direction;

/// <summary>The camera's move where the prompt asks for none.</summary>
/// <param name="Name">The move's name.</param>
/// <param name="Heading">Which way.</param>
/// <param name="Amount">How far, 1 = the move's full strength.</param>
internal sealed record DefaultMove(string Name, Heading Heading, double Amount)
{
    /// <summary>What a plan gives as the source of such a move.</summary>
    public const string Source = "default";

    /// <summary>
    /// One that suits the framing, and never the one that the shot before had by default. All shots go the same way across the screen: a camera that
    /// turns round at every cut makes seasick.
    /// </summary>
    public static DefaultMove For(Framing framing, PictureReading picture, MovePlan? before)
    {
        // Slide towards the emptier side, so that the subject moves into the picture rather than out of it.
        var heading = picture.FocusU > 0 ? Heading.Right : Heading.Left;
        List<DefaultMove> choices =
        [
            new(DriftMove.MoveName, heading, 1),
            new("truck", heading, 0.4),
            new("dolly", Heading.In, 0.6),
        ];
        var first = framing.Name switch { "medium" => 1, "close-up" => 2, _ => 0 };
        var last = before is { Source: Source } ? before.Move : null;
        return choices[first].Name == last ? choices[(first + 1) % choices.Count] : choices[first];
    }
}
