namespace Kinora.Rendering.Direction;

/// <summary>What is to be heard.</summary>
/// <param name="Beds">The ambience, loudest first, for example <c>rain</c>; empty only if the prompt asks for silence.</param>
/// <param name="Events">Sounds at their moments.</param>
/// <param name="Speech">What is said, in order.</param>
public sealed record SoundPlan(IReadOnlyList<BedPlan> Beds, IReadOnlyList<EventPlan> Events, IReadOnlyList<SpeechPlan> Speech)
{
    /// <summary>Ambience alone.</summary>
    public SoundPlan(IReadOnlyList<BedPlan> beds)
        : this(beds, [], [])
    {
    }

    /// <summary>For people: everything in order, separated by semicolons.</summary>
    public override string ToString()
    {
        var all = Beds.Select(bed => bed.ToString()).Concat(Events.Select(item => item.ToString())).Concat(Speech.Select(line => line.ToString())).ToList();
        return all.Count == 0 ? "silence" : string.Join("; ", all);
    }
}
