using Kinora.Rendering.Depth;
using Kinora.Rendering.Sound.Beds;

namespace Kinora.Rendering.Direction;

/// <summary>Finds the ambience that the prompts name and lays it out over the shots.</summary>
internal static class BedReader
{
    public static readonly Lexicon Words = new([.. SoundBeds.All.Select(bed => (bed.Name, bed.Phrases)), ("", SoundBlockers.Phrases)]);

    private const int MostBeds = 3;
    private const double Step = -6;

    // Words of two sounds.
    private static readonly Lexicon s_storms = new([("rain", [new("thunderstorm"), new("rainstorm"), new("雷雨"), new("雷阵雨"), new("雷暴"), new("暴风雨")])]);

    /// <summary>The beds of the whole clip; what the picture suggests if no shot names any.</summary>
    public static List<BedPlan> Read(IReadOnlyList<SoundClause> clauses, MutedSounds muted, PictureReading picture, IReadOnlyList<double> boundaries)
    {
        if (muted.Beds)
            return [];
        var shots = boundaries.Count - 1;
        var wanted = Enumerable.Range(0, shots).Select(shot => Loudest(clauses.Where(clause => clause.Shot == shot), muted)).ToList();
        var fallback = wanted.Find(beds => beds.Count > 0) ?? [Seen(picture, muted)];
        // A shot that names nothing goes on with what was heard before it.
        for (var shot = 0; shot < shots; shot++)
        {
            if (wanted[shot].Count == 0)
                wanted[shot] = shot == 0 ? fallback : wanted[shot - 1];
        }
        return Spans(wanted, boundaries);
    }

    private static BedPlan Seen(PictureReading picture, MutedSounds muted) =>
        picture.Sky.IsThere && !muted.Names(WindBed.BedName) ? new BedPlan(WindBed.BedName, 0, "open sky") : new BedPlan(RoomBed.BedName, 0, "no sky");

    private static List<BedPlan> Loudest(IEnumerable<SoundClause> clauses, MutedSounds muted)
    {
        var found = clauses.SelectMany(clause => Named(clause, muted)).DistinctBy(item => item.Plan.Bed)
            .OrderByDescending(item => item.Weight).Take(MostBeds).ToList();
        var beds = found.Select((item, rank) => item.Plan with { Level = rank * Step + item.Plan.Level }).OrderByDescending(bed => bed.Level).ToList();
        return beds.ConvertAll(bed => bed with { Level = Math.Max(-18, bed.Level - beds[0].Level) });
    }

    private static IEnumerable<(BedPlan Plan, double Weight)> Named(SoundClause clause, MutedSounds muted)
    {
        foreach (var match in Words.Find(clause.Tokens).Concat(s_storms.Find(clause.Tokens)))
        {
            if (match.First < clause.Denied && match.Name.Length > 0 && !muted.Names(match.Name))
            {
                var source = clause.Clause.Words(match.First, match.Last);
                yield return (new BedPlan(match.Name, SoundStrength.Near(clause.Tokens, match), source, Pan: clause.Side ?? 0), match.Phrase.Amount);
            }
        }
    }

    private static List<BedPlan> Spans(List<List<BedPlan>> shots, IReadOnlyList<double> boundaries)
    {
        var spans = new List<BedPlan>();
        for (var shot = 0; shot < shots.Count; shot++)
        {
            var end = shot == shots.Count - 1 ? double.PositiveInfinity : boundaries[shot + 1];
            foreach (var bed in shots[shot])
            {
                var open = shot == 0 ? -1 : spans.FindIndex(span => span.Bed == bed.Bed && span.EndSeconds == boundaries[shot]);
                if (open >= 0)
                    spans[open] = spans[open] with { EndSeconds = end };
                else
                    spans.Add(bed with { StartSeconds = boundaries[shot], EndSeconds = end });
            }
        }
        return spans;
    }
}
