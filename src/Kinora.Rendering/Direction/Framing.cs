using System.Globalization;

namespace Kinora.Rendering.Direction;

/// <summary>The part of the picture that a shot shows before the camera moves.</summary>
/// <param name="Name">What the trade calls it: <c>full</c>, <c>medium</c>, <c>close-up</c>, <c>detail</c>.</param>
/// <param name="Scale">Width of the part over the picture's, above 0 to 1.</param>
/// <param name="CentreU">Its centre, in picture widths right of the middle.</param>
/// <param name="CentreV">Its centre, in picture widths below the middle.</param>
public sealed record Framing(string Name, double Scale, double CentreU, double CentreV)
{
    /// <summary>The whole picture.</summary>
    public static Framing Full { get; } = new("full", 1, 0, 0);

    /// <summary>For people: <c>close-up 55% at +0.10,-0.05</c>.</summary>
    public override string ToString() =>
        Scale >= 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name} {Scale * 100:0}% at {CentreU:+0.00;-0.00},{CentreV:+0.00;-0.00}");
}
