using System.Globalization;

namespace Kinora.Rendering.Direction;

/// <summary>A sound at a moment.</summary>
/// <param name="Event">Its name, for example <c>footsteps</c>.</param>
/// <param name="Seconds">When it starts.</param>
/// <param name="Length">How long it may last, in seconds.</param>
/// <param name="Pan">Where it comes from, -1 (left) to 1 (right).</param>
/// <param name="Source">The words of the prompt that asked for it, or what it goes with.</param>
public sealed record EventPlan(string Event, double Seconds, double Length, double Pan, string Source)
{
    /// <summary>For people: <c>thunder at 2.0 s ("lightning")</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Event} at {Seconds:0.0} s (\"{Source}\")");
}
