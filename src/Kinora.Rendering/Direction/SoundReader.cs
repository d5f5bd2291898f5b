using Kinora.Rendering.Camera;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Effects.Light;
using Kinora.Rendering.Sound.Beds;
using Kinora.Rendering.Sound.Events;

namespace Kinora.Rendering.Direction;

/// <summary>Decides what is heard: what the prompt names and says, what goes with the plan, or else what the picture suggests.</summary>
internal static class SoundReader
{
    private const int MostBeds = 3;
    private const double BedStep = -6, ThunderDelay = 0.5;
    private static readonly Lexicon Beds = new(SoundBeds.All.Select(bed => (bed.Name, bed.Phrases)));
    private static readonly Lexicon Events = new(SoundEvents.All.Select(item => (item.Name, item.Phrases)));
    private static readonly Lexicon Silence = new([("silence", [new("silence"), new("silent"), new("no sound"), new("mute"), new("无声"), new("静音")])]);

    public static SoundPlan Read(ClipBrief brief, IReadOnlyList<ShotPlan> shots, PictureReading picture)
    {
        var beds = new List<BedPlan>();
        var events = new List<EventPlan>();
        var speech = new List<SpeechPlan>();
        var muted = Muted(brief.NegativePrompt);
        var pan = Math.Clamp(2 * picture.FocusU, -1, 1);
        for (var i = 0; i < shots.Count; i++)
        {
            var start = shots[i].FirstFrame / brief.Rate.FramesPerSecond;
            var length = shots[i].FrameCount / brief.Rate.FramesPerSecond;
            speech.AddRange(SpeechReader.Read(brief.Shots[i].Prompt, start, length, pan));
            ReadWords(SpeechReader.WithoutSpeech(brief.Shots[i].Prompt), start, length, pan, beds, events, muted);
            AddWhooshes(shots[i], start, length, events);
        }
        beds.RemoveAll(bed => muted.Contains(bed.Bed));
        events.RemoveAll(item => muted.Contains(item.Event));
        if (beds.Count == 0 && !brief.Shots.All(shot => Silence.Find(Tokenizer.Tokenize(shot.Prompt)).Count > 0))
            beds.Add(picture.Sky.IsThere ? new BedPlan(WindBed.BedName, 0, "open sky") : new BedPlan(RoomBed.BedName, 0, "no sky"));
        return new SoundPlan(beds, [.. events.OrderBy(item => item.Seconds)], speech);
    }

    private static void ReadWords(string prompt, double start, double length, double pan, List<BedPlan> beds, List<EventPlan> events, HashSet<string> muted)
    {
        var clauses = ClauseReader.Read(Tokenizer.Tokenize(prompt));
        foreach (var (clause, denied) in clauses.Zip(Negation.Starts(clauses)))
        {
            foreach (var match in Beds.Find(clause.Tokens))
            {
                if (match.First > denied)
                    muted.Add(match.Name);
                else if (beds.Count < MostBeds && !beds.Exists(bed => bed.Bed == match.Name))
                    beds.Add(new BedPlan(match.Name, beds.Count * BedStep, clause.Words(match.First, match.Last)));
            }
            foreach (var match in Events.Find(clause.Tokens).Where(match => match.First < denied && !events.Exists(item => item.Event == match.Name && item.Seconds >= start)))
                events.Add(Place(match.Name, clause.Words(match.First, match.Last), start, length, pan));
        }
    }

    // What goes on fills its shot; thunder follows its flash; anything else happens a little before the middle.
    private static EventPlan Place(string name, string source, double start, double length, double pan)
    {
        var item = SoundEvents.Named(name);
        var from = item.Repeats ? start : name == ThunderEvent.EventName ? start + Math.Min(LightningEffect.FirstSeconds + ThunderDelay, length / 2) : start + 0.35 * length;
        return new EventPlan(name, Math.Round(from, 2), Math.Round(item.Repeats ? length : Math.Min(5, start + length - from + 1), 2), name == ThunderEvent.EventName ? 0 : pan, source);
    }

    private static void AddWhooshes(ShotPlan shot, double start, double length, List<EventPlan> events)
    {
        foreach (var move in shot.Moves.Where(move => move.Easing == Easing.Sudden && !events.Exists(item => item.Event == WhooshEvent.EventName)))
            events.Add(new EventPlan(WhooshEvent.EventName, Math.Round(start + move.Start * length, 2), 0.9, move.Heading switch { Heading.Left => -0.5, Heading.Right => 0.5, _ => 0 }, move.Source));
    }

    private static HashSet<string> Muted(string? negative)
    {
        if (string.IsNullOrWhiteSpace(negative))
            return [];
        var tokens = Tokenizer.Tokenize(negative);
        return [.. Beds.Find(tokens).Select(match => match.Name), .. Events.Find(tokens).Select(match => match.Name)];
    }
}
