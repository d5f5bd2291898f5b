namespace Kinora.Rendering.Direction;

/// <summary>A pad of slow chords under the whole clip.</summary>
/// <param name="Mood">Its name, for example <c>calm</c>.</param>
/// <param name="Source">The words of the prompt that asked for it.</param>
public sealed record MusicPlan(string Mood, string Source)
{
    /// <summary>For people: <c>calm music ("soft piano music")</c>.</summary>
    public override string ToString() => $"{Mood} music (\"{Source}\")";
}
