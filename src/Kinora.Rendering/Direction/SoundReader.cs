using Kinora.Rendering.Depth;
using Kinora.Rendering.Sound.Beds;

namespace Kinora.Rendering.Direction;

/// <summary>Decides what is heard: what the prompt names, or else what the picture suggests.</summary>
internal static class SoundReader
{
    private const int MostBeds = 3;
    private const double Step = -6;
    private static readonly Lexicon Words = new(SoundBeds.All.Select(bed => (bed.Name, bed.Phrases)));

    public static SoundPlan Read(IReadOnlyList<Shot> shots, PictureReading picture)
    {
        var beds = new List<BedPlan>();
        var clauses = shots.SelectMany(shot => ClauseReader.Read(Tokenizer.Tokenize(shot.Prompt))).ToList();
        foreach (var (clause, denied) in clauses.Zip(Negation.Starts(clauses)))
        {
            foreach (var match in Words.Find(clause.Tokens))
            {
                if (match.First < denied && beds.Count < MostBeds && !beds.Exists(bed => bed.Bed == match.Name))
                    beds.Add(new BedPlan(match.Name, beds.Count * Step, clause.Words(match.First, match.Last)));
            }
        }
        if (beds.Count == 0)
            beds.Add(picture.Sky.IsThere ? new BedPlan(WindBed.BedName, 0, "open sky") : new BedPlan(RoomBed.BedName, 0, "no sky"));
        return new SoundPlan(beds);
    }
}
