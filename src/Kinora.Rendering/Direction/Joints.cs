namespace Kinora.Rendering.Direction;

/// <summary>How one shot becomes the next: a cut, unless the words of either ask for a dissolve.</summary>
internal static class Joints
{
    private const double DissolveSeconds = 0.9;

    /// <summary>A dissolve takes no more than this part of the shorter shot.</summary>
    private const double MostOfShot = 0.4;

    /// <summary>"…, then dissolve to the next shot": so few words after it tell of no shot, so it ends the one it stands in.</summary>
    private const int WordsOfAnEnd = 3;

    private static readonly Lexicon s_words = new(
    [
        ("dissolve",
        [
            new("dissolve to"), new("dissolve into"), new("cross dissolve"), new("dissolve transition"), new("dissolve"), new("crossfade"), new("cross fade"),
            new("淡入淡出"), new("叠化"), new("叠画"), new("交叉溶解"), new("交叉淡化"), new("溶解转场"),
        ]),
    ]);

    /// <summary>Frames of the dissolve between two neighbouring shots, even; 0 for a cut.</summary>
    /// <param name="before">Words of the shot before.</param>
    /// <param name="isFirst">Whether that one opens the clip: its words can only mean its end.</param>
    /// <param name="after">Words of the shot after.</param>
    /// <param name="framesBefore">Length of the shot before.</param>
    /// <param name="framesAfter">Length of the shot after.</param>
    /// <param name="framesPerSecond">Frame rate.</param>
    public static int DissolveFrames(string before, bool isFirst, string after, int framesBefore, int framesAfter, double framesPerSecond)
    {
        if (!Find(after).Exists(isEnd => !isEnd) && !Find(before).Exists(isEnd => isFirst || isEnd))
            return 0;
        return 2 * (int)Math.Round(Math.Min(DissolveSeconds * framesPerSecond, MostOfShot * Math.Min(framesBefore, framesAfter)) / 2);
    }

    // Sugar dissolves too: the word counts where a clause starts with it, or speaks of shots. True for words that end their shot.
    private static List<bool> Find(string prompt)
    {
        var result = new List<bool>();
        var clauses = ClauseReader.Read(Tokenizer.Tokenize(prompt));
        var denials = Negation.Starts(clauses);
        for (var i = 0; i < clauses.Count; i++)
        {
            var tokens = clauses[i].Tokens;
            var found = s_words.Find(tokens).Find(match => match.First < denials[i] && (clauses[i].AboutCamera || IsOrder(tokens, match)));
            if (found is not null)
                result.Add(i > 0 && i == clauses.Count - 1 && tokens.Count - 1 - found.Last <= WordsOfAnEnd);
        }
        return result;
    }

    private static bool IsOrder(IReadOnlyList<Token> tokens, PhraseMatch match) =>
        tokens[match.First].Kind == TokenKind.Character || tokens.Take(match.First).All(token => token.Text is "slow" or "slowly" or "gentle" or "gently" or "soft" or "softly" or "a" or "with" or "smooth");
}
