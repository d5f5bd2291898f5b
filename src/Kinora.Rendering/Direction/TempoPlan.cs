using System.Globalization;

namespace Kinora.Rendering.Direction;

/// <summary>How fast time passes in a shot for everything but the camera.</summary>
/// <param name="Factor">1 as in life, below 1 slow motion, above 1 time-lapse; 0.02 to 6.</param>
/// <param name="Source">The words of the prompt that asked for it.</param>
public sealed record TempoPlan(double Factor, string Source)
{
    /// <summary>For people: <c>x0.45 ("slow motion")</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"x{Factor:0.00} (\"{Source}\")");
}
