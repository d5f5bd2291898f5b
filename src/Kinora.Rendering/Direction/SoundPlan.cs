namespace Kinora.Rendering.Direction;

/// <summary>What is to be heard. All lists empty means silence.</summary>
/// <param name="Beds">The ambience; at one time at most three, the loudest first.</param>
public sealed record SoundPlan(IReadOnlyList<BedPlan> Beds)
{
    /// <summary>Sounds that happen at a moment, in the order of time.</summary>
    public IReadOnlyList<EventPlan> Events { get; init; } = [];

    /// <summary>The music, or null.</summary>
    public MusicPlan? Music { get; init; }

    /// <summary>What is said, in order.</summary>
    public IReadOnlyList<SpeechPlan> Speech { get; init; } = [];

    /// <summary>Whether the scene is a room, whose walls answer. Default false.</summary>
    public bool Indoors { get; init; }

    /// <summary>What was understood but will not be heard, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>For people: <c>rain ("it rains"); bell 1.2-4 s ("rings"); "Hello." en, man, 0.4-5 s</c>.</summary>
    public override string ToString()
    {
        string[] parts = [.. Beds.Select(bed => bed.ToString()), .. Events.Select(sound => sound.ToString()), .. Music is null ? [] : new[] { Music.ToString() }, .. Speech.Select(line => line.ToString())];
        return parts.Length == 0 ? "silence" : string.Join("; ", parts);
    }

    internal static string Side(double pan) => pan switch { < -0.25 => " left", > 0.25 => " right", _ => "" };
}
