namespace Kinora.Rendering.Direction;

/// <summary>Finds out which words of a clause are denied: "no zoom", "don't shake the camera", 不要晃动.</summary>
internal static class Negation
{
    private static readonly HashSet<string> s_words =
        ["no", "not", "without", "never", "dont", "doesnt", "didnt", "isnt", "arent", "avoid", "cannot", "cant", "wont", "nor", "neither", "none", "minus", "exclude", "zero"];

    private static readonly string[] s_chinese = ["不要", "没有", "不能", "不会", "避免", "禁止", "无", "不", "别", "勿"];

    /// <summary><see cref="Start"/> for every clause; a denial goes on over the commas of a list ("no zoom, pan or shake").</summary>
    public static int[] Starts(IReadOnlyList<Clause> clauses)
    {
        var starts = clauses.Select(clause => Start(clause.Tokens)).ToArray();
        for (var i = 1; i < clauses.Count; i++)
        {
            if (starts[i - 1] < clauses[i - 1].Tokens.Count && starts[i] == clauses[i].Tokens.Count && !clauses[i].StartsSentence && IsListed(clauses, i))
                starts[i] = -1;
        }
        return starts;
    }

    // A list shows by its last "or".
    private static bool IsListed(IReadOnlyList<Clause> clauses, int at)
    {
        if (clauses[at].Tokens.Count > 4 || ClauseReader.MentionsCamera(clauses[at].Tokens) || clauses[at].Tokens.Any(token => token.Text is "just" or "only" or "instead"))
            return false;
        for (var i = at; i < clauses.Count && (i == at || !clauses[i].StartsSentence); i++)
        {
            if (clauses[i].Tokens.Any(token => token.Text is "or" or "nor"))
                return true;
        }
        return false;
    }

    /// <summary>Index of the first denied token, or the number of tokens if nothing is denied: a denial reaches to the end of its clause.</summary>
    public static int Start(IReadOnlyList<Token> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (s_words.Contains(tokens[i].Text) && !(i + 1 < tokens.Count && tokens[i + 1].Text is "only" or "stop"))
                return i;
            if (tokens[i].Kind == TokenKind.Character && s_chinese.Any(word => Stands(tokens, i, word)))
                return i;
        }
        return tokens.Count;
    }

    private static bool Stands(IReadOnlyList<Token> tokens, int at, string word)
    {
        for (var k = 0; k < word.Length; k++)
        {
            if (at + k >= tokens.Count || tokens[at + k].Text != word[k].ToString())
                return false;
        }
        // 无人机 is a drone, 不断 and 不停 mean "on and on".
        return !(word is "无" or "不" && at + 1 < tokens.Count && tokens[at + 1].Text is "人" or "断" or "停" or "时");
    }
}
