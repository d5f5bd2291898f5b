using System.Globalization;
using Kinora.Rendering.Camera;

namespace Kinora.Rendering.Direction;

/// <summary>One camera move of a shot, decided.</summary>
/// <param name="Move">The move's name, for example <c>dolly</c>.</param>
/// <param name="Heading">Which way.</param>
/// <param name="Amount">How far, 1 = the move's full strength over five seconds.</param>
/// <param name="Easing">How speed comes and goes.</param>
/// <param name="Start">When it starts, as a fraction of the shot, 0 to 1.</param>
/// <param name="End">When it ends, as a fraction of the shot, above <paramref name="Start"/>.</param>
/// <param name="Source">The words of the prompt that asked for it, or <c>default</c>.</param>
public sealed record MovePlan(string Move, Heading Heading, double Amount, Easing Easing, double Start, double End, string Source)
{
    /// <summary>For people: <c>dolly in x0.6 smooth 0-100% ("slowly pushes in")</c>.</summary>
    public override string ToString()
    {
        var heading = Heading == Heading.None ? "" : " " + Heading.ToString().ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture,
            $"{Move}{heading} x{Amount:0.00} {Easing.ToString().ToLowerInvariant()} {Start * 100:0}-{End * 100:0}% (\"{Source}\")");
    }
}
