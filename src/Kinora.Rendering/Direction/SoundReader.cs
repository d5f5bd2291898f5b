using Kinora.Rendering.Depth;
using Kinora.Rendering.Sound.Beds;

namespace Kinora.Rendering.Direction;

/// <summary>Decides what is heard: what the prompts name, what the camera does, or else what the picture suggests.</summary>
internal static class SoundReader
{
    /// <param name="brief">The prompts, what they must not contain, and whether somebody can speak.</param>
    /// <param name="shots">The camera's plan.</param>
    /// <param name="picture">What was seen.</param>
    public static SoundPlan Read(ClipBrief brief, IReadOnlyList<ShotPlan> shots, PictureReading picture)
    {
        var rate = brief.Rate.FramesPerSecond;
        var boundaries = Boundaries(brief, shots);
        var prompts = brief.Shots.Select(shot => shot.Prompt).ToList();
        var quotations = prompts.ConvertAll(Quotations.Find);
        var silentPrompts = prompts.Zip(quotations, Quotations.Without).ToList();
        var clauses = SoundClause.Of(silentPrompts, boundaries);
        var muted = Mute(clauses, brief.NegativePrompt);
        var pan = Math.Clamp(picture.FocusU * 1.5, -0.6, 0.6);
        var speech = muted.Speech ? [] : SpeechReader.Read(quotations, prompts, boundaries, pan);
        var beds = BedReader.Read(clauses, muted, picture, boundaries);
        return new SoundPlan(beds)
        {
            Events = EventReader.Read(clauses, muted, shots, rate, pan),
            Music = MusicReader.Read(clauses, muted),
            Speech = speech,
            Indoors = !picture.Sky.IsThere && beds.TrueForAll(bed => bed.Bed is RoomBed.BedName or FireBed.BedName or CrowdBed.BedName),
            Notes = brief.Speak is null && speech.Count > 0 ? ["speech is written in the prompt but not spoken: no speech synthesiser (install espeak-ng)"] : [],
        };
    }

    // Of the brief's shots, not the plan's: the director may have cut one prompt into several.
    private static List<double> Boundaries(ClipBrief brief, IReadOnlyList<ShotPlan> shots)
    {
        var end = (shots[^1].FirstFrame + shots[^1].FrameCount) / brief.Rate.FramesPerSecond;
        var time = TimeSpan.Zero;
        var result = new List<double> { 0 };
        foreach (var shot in brief.Shots.SkipLast(1))
        {
            time += shot.Duration;
            result.Add(Math.Min(end, brief.Rate.CountFrames(time) / brief.Rate.FramesPerSecond));
        }
        return [.. result, end];
    }

    private static MutedSounds Mute(List<SoundClause> clauses, string? negativePrompt)
    {
        var muted = new MutedSounds();
        foreach (var clause in clauses)
            muted.AddClause(clause.Clause, clause.Denied);
        if (!string.IsNullOrWhiteSpace(negativePrompt))
            muted.AddDenied(Tokenizer.Tokenize(negativePrompt));
        return muted;
    }
}
