using System.Globalization;

namespace Kinora.Rendering.Direction;

/// <summary>An element of the brief in a shot.</summary>
/// <param name="Number">Its number in the prompt, from 1.</param>
/// <param name="U">Where its foot (or middle, if it flies) is, 0 (left) to 1 (right) of the picture.</param>
/// <param name="V">The same from top to bottom.</param>
/// <param name="Height">Its height over the frame's.</param>
/// <param name="Path">How it moves.</param>
/// <param name="Heading">Which way it goes, left or right.</param>
/// <param name="Source">The words of the prompt.</param>
public sealed record ElementPlan(int Number, double U, double V, double Height, ElementPath Path, Heading Heading, string Source)
{
    /// <summary>For people: <c>@Element1 crosses right, 40% high, at 50%,85% ("@element1 walks")</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"@Element{Number} {Path.ToString().ToLowerInvariant()} {Heading.ToString().ToLowerInvariant()}, {Height * 100:0}% high, at {U * 100:0}%,{V * 100:0}% (\"{Source}\")");
}
