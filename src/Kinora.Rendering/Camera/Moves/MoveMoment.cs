using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Camera.Moves;

/// <summary>What a move may know when it is asked where the camera is.</summary>
/// <param name="Progress">How far it has come, 0 to 1, easing applied.</param>
/// <param name="Amount">How strong it is, 1 = full; already scaled for length and guidance.</param>
/// <param name="Heading">Which way, never none.</param>
/// <param name="Pivot">Inverse depth of what the camera looks at (<see cref="View.InverseDepth"/>).</param>
/// <param name="FocusU">Where the subject is, in widths right of the centre.</param>
/// <param name="FocusV">Where the subject is, in widths below the centre.</param>
/// <param name="Aspect">Height over width of the frame.</param>
/// <param name="Seconds">Time since the move started.</param>
/// <param name="Seed">For moves with chance in them.</param>
internal readonly record struct MoveMoment(
    double Progress, double Amount, Heading Heading, double Pivot, double FocusU, double FocusV, double Aspect, double Seconds, long Seed)
{
    /// <summary>How far the move has come, in units of its full strength.</summary>
    public double Reach => Progress * Amount;

    /// <summary>-1 for left, up and out; 1 otherwise.</summary>
    public double Sign => Heading is Heading.Left or Heading.Up or Heading.Out ? -1 : 1;
}
