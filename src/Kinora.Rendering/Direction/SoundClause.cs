namespace Kinora.Rendering.Direction;

/// <summary>A clause of a shot's prompt, with the time that it speaks of.</summary>
/// <param name="Clause">Its words, quoted speech left out.</param>
/// <param name="Denied">Index of the first denied token, or the number of tokens.</param>
/// <param name="Shot">Number of its shot.</param>
/// <param name="StartSeconds">When its step of the sequence begins, from the clip's start.</param>
/// <param name="EndSeconds">When its step ends.</param>
internal sealed record SoundClause(Clause Clause, int Denied, int Shot, double StartSeconds, double EndSeconds)
{
    public IReadOnlyList<Token> Tokens => Clause.Tokens;

    /// <summary>Where the clause says that it happens, -1 left to 1 right; null if it does not.</summary>
    public double? Side
    {
        get
        {
            if (Clause.AboutCamera)
                return null;
            var match = s_sides.Find(Tokens).FirstOrDefault(side => side.Name.Length > 0);
            return match is null ? null : match.Name == "left" ? -0.6 : 0.6;
        }
    }

    private static readonly Lexicon s_sides = new(
    [
        ("left", [new("on the left"), new("from the left"), new("at the left"), new("left side"), new("to the left"), new("left of"), new("far left"), new("左边"), new("左侧"), new("左面"), new("左方")]),
        ("right", [new("on the right"), new("from the right"), new("at the right"), new("right side"), new("to the right"), new("right of"), new("far right"), new("右边"), new("右侧"), new("右面"), new("右方")]),
        ("", [new("right now"), new("from left to right"), new("from right to left"), new("left to right"), new("right to left")]),
    ]);

    /// <summary>Cuts the prompts of a clip into clauses and gives each its time: the steps of a sequence share their shot evenly.</summary>
    public static List<SoundClause> Of(IReadOnlyList<string> prompts, IReadOnlyList<double> boundaries)
    {
        var result = new List<SoundClause>();
        for (var shot = 0; shot < prompts.Count; shot++)
        {
            var clauses = ClauseReader.Read(Tokenizer.Tokenize(prompts[shot]));
            var denials = Negation.Starts(clauses);
            var steps = clauses.Count == 0 ? 1 : clauses.Max(clause => clause.Step) + 1;
            var length = (boundaries[shot + 1] - boundaries[shot]) / steps;
            for (var i = 0; i < clauses.Count; i++)
            {
                var start = boundaries[shot] + clauses[i].Step * length;
                result.Add(new SoundClause(clauses[i], denials[i], shot, start, start + length));
            }
        }
        return result;
    }
}
