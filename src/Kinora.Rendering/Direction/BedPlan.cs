using System.Globalization;

namespace Kinora.Rendering.Direction;

/// <summary>One layer of ambience.</summary>
/// <param name="Bed">Its name, for example <c>rain</c>.</param>
/// <param name="Level">Its loudness against the loudest bed in decibels, 0 or below.</param>
/// <param name="Source">The words of the prompt that asked for it, or what was seen in the picture.</param>
/// <param name="StartSeconds">When it starts; 0 is the clip's first sample.</param>
/// <param name="EndSeconds">When it ends; infinity for the clip's end.</param>
/// <param name="Pan">Where it is, -1 left to 1 right. Default 0: all around.</param>
public sealed record BedPlan(string Bed, double Level, string Source, double StartSeconds = 0, double EndSeconds = double.PositiveInfinity, double Pan = 0)
{
    /// <summary>For people: <c>rain -6 dB ("it rains")</c>.</summary>
    public override string ToString()
    {
        var level = Level < 0 ? string.Create(CultureInfo.InvariantCulture, $" {Level:0} dB") : "";
        var span = StartSeconds > 0 || double.IsFinite(EndSeconds) ? string.Create(CultureInfo.InvariantCulture, $" {StartSeconds:0.#}-{EndSeconds:0.#} s") : "";
        return $"{Bed}{level}{span}{SoundPlan.Side(Pan)} (\"{Source}\")";
    }
}
