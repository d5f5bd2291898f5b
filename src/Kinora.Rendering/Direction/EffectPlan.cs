using System.Globalization;

namespace Kinora.Rendering.Direction;

/// <summary>Something that happens in the picture besides the camera.</summary>
/// <param name="Effect">Its name, for example <c>sway</c>.</param>
/// <param name="Strength">How strong, 1 = as usual.</param>
/// <param name="Heading">Which way it goes, or none.</param>
/// <param name="Source">The words of the prompt that asked for it, or why it was added.</param>
public sealed record EffectPlan(string Effect, double Strength, Heading Heading, string Source)
{
    /// <summary>For people: <c>sway x0.60 ("grass sways")</c>.</summary>
    public override string ToString()
    {
        var heading = Heading == Heading.None ? "" : " " + Heading.ToString().ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{Effect}{heading} x{Strength:0.00} (\"{Source}\")");
    }
}
