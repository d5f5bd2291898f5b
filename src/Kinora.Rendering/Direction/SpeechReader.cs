namespace Kinora.Rendering.Direction;

/// <summary>Turns the quotations of the shots into lines with a voice, a place and a time.</summary>
internal static class SpeechReader
{
    // Time for the eye to arrive before somebody speaks, and for the last word to end before the cut.
    private const double Lead = 0.35, Tail = 0.12;

    /// <param name="quotations">What is quoted in each shot.</param>
    /// <param name="prompts">The shots' prompts as they came.</param>
    /// <param name="boundaries">Where the shots begin and the last one ends, in seconds.</param>
    /// <param name="subjectPan">Where the subject is, -1 left to 1 right.</param>
    public static List<SpeechPlan> Read(IReadOnlyList<List<Quotation>> quotations, IReadOnlyList<string> prompts, IReadOnlyList<double> boundaries, double subjectPan)
    {
        var lines = new List<SpeechPlan>();
        for (var shot = 0; shot < prompts.Count; shot++)
        {
            foreach (var quotation in quotations[shot].Where(quotation => quotation.IsSpeech))
            {
                var start = boundaries[shot] + Start(quotation, prompts[shot], boundaries[shot + 1] - boundaries[shot]);
                lines.Add(new SpeechPlan(
                    quotation.Text, SpeechLanguage.Of(quotation), SpeakerReader.Of(quotation), Math.Round(start, 3), Math.Round(Math.Max(start, boundaries[shot + 1] - Tail), 3), Pan(quotation, subjectPan)));
            }
        }
        return lines;
    }

    // "She turns around, then says …" speaks in the second half, but never so late that no time is left.
    private static double Start(Quotation quotation, string prompt, double seconds)
    {
        var before = ClauseReader.Read(Tokenizer.Tokenize(prompt[..quotation.First] + " x"));
        var whole = ClauseReader.Read(Tokenizer.Tokenize(prompt));
        var step = before.Count == 0 ? 0 : before[^1].Step;
        var steps = Math.Max(step + 1, whole.Count == 0 ? 1 : whole.Max(clause => clause.Step) + 1);
        return Math.Min(seconds * 0.5, Math.Min(Lead, seconds * 0.1) + seconds * step / steps);
    }

    private static double Pan(Quotation quotation, double subjectPan)
    {
        var clauses = SoundClause.Of([quotation.Before], [0, 1]);
        return clauses.LastOrDefault()?.Side ?? subjectPan;
    }
}
