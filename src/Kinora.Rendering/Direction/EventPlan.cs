using System.Globalization;

namespace Kinora.Rendering.Direction;

/// <summary>A sound that happens at a moment, or again and again for a while.</summary>
/// <param name="Sound">Its name, for example <c>footsteps</c>.</param>
/// <param name="StartSeconds">When it starts, from the clip's first sample.</param>
/// <param name="EndSeconds">When the last of it has begun to fade, above <paramref name="StartSeconds"/>.</param>
/// <param name="Speed">How fast it goes, 1 = its usual pace.</param>
/// <param name="Level">Decibels against its usual level.</param>
/// <param name="PanStart">Where it is at first, -1 left to 1 right.</param>
/// <param name="PanEnd">Where it is at the end.</param>
/// <param name="Source">The words of the prompt or the camera move that asked for it.</param>
public sealed record EventPlan(
    string Sound, double StartSeconds, double EndSeconds, double Speed, double Level, double PanStart, double PanEnd, string Source)
{
    /// <summary>For people: <c>footsteps 0.2-5 s ("walks")</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Sound} {StartSeconds:0.##}-{EndSeconds:0.##} s{SoundPlan.Side((PanStart + PanEnd) / 2)} (\"{Source}\")");
}
