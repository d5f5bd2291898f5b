using Kinora.Rendering.Sound.Events;

namespace Kinora.Rendering.Direction;

/// <summary>Finds sounds that happen at a moment, in the words and in the camera's plan, and gives them their time.</summary>
internal static class EventReader
{
    // Waves crash all the time; their bed has the sound.
    private static readonly Phrase[] s_surf =
        [new("wave crash"), new("crash wave"), new("surf crash"), new("sea crash"), new("ocean crash"), new("crash on the beach"), new("crash against"), new("crash onto"), new("waves slam"), new("thunder crash"), new("thunder bang")];

    public static readonly Lexicon Words = new([.. SoundEvents.All.Select(sound => (sound.Name, sound.Phrases)), ("", [.. SoundBlockers.Phrases, .. s_surf])]);

    private const int MostEvents = 8;

    // Where in its step a single sound falls: early enough to ring out, late enough to be expected.
    private const double Moment = 0.25;

    /// <param name="clauses">What the prompts say.</param>
    /// <param name="muted">What must not be heard.</param>
    /// <param name="shots">The camera's plan.</param>
    /// <param name="framesPerSecond">To turn its frames into time.</param>
    /// <param name="subjectPan">Where the subject is, -1 left to 1 right.</param>
    public static List<EventPlan> Read(IReadOnlyList<SoundClause> clauses, MutedSounds muted, IReadOnlyList<ShotPlan> shots, double framesPerSecond, double subjectPan)
    {
        if (muted.Events)
            return [];
        var found = clauses.SelectMany(clause => Named(clause, muted, subjectPan)).DistinctBy(sound => (sound.Sound, sound.StartSeconds)).ToList();
        var spread = Spread(found).Concat(Whooshes.Of(shots, framesPerSecond).Where(sound => !muted.Names(sound.Sound)));
        return [.. spread.OrderBy(sound => sound.StartSeconds).ThenBy(sound => sound.Sound, StringComparer.Ordinal).Take(MostEvents)];
    }

    private static IEnumerable<EventPlan> Named(SoundClause clause, MutedSounds muted, double subjectPan)
    {
        foreach (var match in Words.Find(clause.Tokens))
        {
            if (match.First >= clause.Denied || match.Name.Length == 0 || muted.Names(match.Name) || (match.Phrase.NeedsCamera && !clause.Clause.AboutCamera))
                continue;
            var sound = SoundEvents.Named(match.Name);
            var pan = clause.Side ?? subjectPan;
            var (start, end) = Span(sound, clause);
            var level = SoundStrength.Near(clause.Tokens, match);
            yield return new EventPlan(sound.Name, start, end, Speed(clause, match), level, pan, pan, clause.Clause.Words(match.First, match.Last));
        }
    }

    private static (double Start, double End) Span(ISoundEvent sound, SoundClause clause)
    {
        var length = clause.EndSeconds - clause.StartSeconds;
        if (sound.Repeats)
            return (Round(clause.StartSeconds + Math.Min(0.3, length * 0.1)), Round(clause.EndSeconds));
        var start = clause.StartSeconds + length * Moment;
        return (Round(start), Round(start + sound.Seconds));
    }

    // Walking is one pace; running, slow and quick words change it.
    private static double Speed(SoundClause clause, PhraseMatch match)
    {
        var amount = Pace.Of(clause.Tokens).Amount * match.Phrase.Amount;
        return amount < 0.9 ? 0.8 : amount > 1.1 ? 1.4 : 1;
    }

    // Different single sounds of one moment follow each other.
    private static IEnumerable<EventPlan> Spread(List<EventPlan> sounds)
    {
        var taken = new Dictionary<double, int>();
        foreach (var sound in sounds)
        {
            if (SoundEvents.Named(sound.Sound).Repeats)
            {
                yield return sound;
                continue;
            }
            var before = taken[sound.StartSeconds] = taken.GetValueOrDefault(sound.StartSeconds) + 1;
            var shift = (before - 1) * 0.7;
            yield return sound with { StartSeconds = Round(sound.StartSeconds + shift), EndSeconds = Round(sound.EndSeconds + shift) };
        }
    }

    private static double Round(double seconds) => Math.Round(seconds, 3);
}
