namespace Kinora.Rendering.Direction;

/// <summary>What is to be heard.</summary>
/// <param name="Beds">The ambience, loudest first, for example <c>rain</c>; never empty.</param>
public sealed record SoundPlan(IReadOnlyList<BedPlan> Beds)
{
    /// <summary>For people: <c>rain ("it rains"), wind ("storm")</c>.</summary>
    public override string ToString() => string.Join(", ", Beds);
}
