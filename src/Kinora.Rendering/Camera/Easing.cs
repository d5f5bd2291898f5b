namespace Kinora.Rendering.Camera;

/// <summary>How a move gathers and loses speed.</summary>
public enum Easing
{
    /// <summary>Accelerates over the first third, brakes over the last: the default.</summary>
    Smooth,

    /// <summary>Reaches its speed at once and keeps it to the end ("constant", "steady").</summary>
    Steady,

    /// <summary>Most of the way in a tenth of the time ("sudden", "whip", "crash").</summary>
    Sudden,
}
