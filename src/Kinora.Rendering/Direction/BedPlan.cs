namespace Kinora.Rendering.Direction;

/// <summary>One layer of ambience.</summary>
/// <param name="Bed">Its name, for example <c>rain</c>.</param>
/// <param name="Level">Its loudness against the loudest bed in decibels, 0 or below.</param>
/// <param name="Source">The words of the prompt that asked for it, or what was seen in the picture.</param>
public sealed record BedPlan(string Bed, double Level, string Source)
{
    /// <summary>For people: <c>rain ("it rains")</c>.</summary>
    public override string ToString() => $"{Bed} (\"{Source}\")";
}
