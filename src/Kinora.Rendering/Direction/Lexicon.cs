namespace Kinora.Rendering.Direction;

/// <summary>Finds the phrases of a vocabulary in tokens: the longest at each place, fillers such as "slowly" or "the" allowed between English words.</summary>
internal sealed class Lexicon
{
    private const int MostFillers = 3;

    private static readonly HashSet<string> s_fillers =
    [
        "the", "a", "an", "very", "just", "it", "its", "back", "of", "more", "ever", "so", "slightly", "camera", "bit", "to", "up", "in", "straight", "slow", "quick", "smooth", "is", "are", "be",
    ];

    // These carry meaning as the second half of a phrase, so they may only be skipped by phrases that do not end in one of them.
    private static readonly HashSet<string> s_particles = ["to", "up", "in", "back"];

    private readonly Dictionary<string, List<Entry>> _byFirstStem = [];

    public Lexicon(IEnumerable<(string Name, IReadOnlyList<Phrase> Phrases)> vocabulary)
    {
        foreach (var (name, phrases) in vocabulary)
        {
            foreach (var phrase in phrases)
                Add(name, phrase);
        }
    }

    /// <summary>All matches, longest first where they overlap, in the order of the text.</summary>
    public List<PhraseMatch> Find(IReadOnlyList<Token> tokens)
    {
        var found = new List<(PhraseMatch Match, int Words)>();
        for (var first = 0; first < tokens.Count; first++)
        {
            if (!_byFirstStem.TryGetValue(tokens[first].Stem, out var entries))
                continue;
            foreach (var entry in entries)
            {
                if (LastOf(entry, tokens, first) is { } last)
                    found.Add((new PhraseMatch(entry.Phrase, entry.Name, first, last), entry.Stems.Length));
            }
        }
        var kept = new List<PhraseMatch>();
        foreach (var (match, _) in found.OrderByDescending(item => item.Words).ThenBy(item => item.Match.Last - item.Match.First).ThenBy(item => item.Match.First))
        {
            if (!kept.Exists(match.Overlaps))
                kept.Add(match);
        }
        kept.Sort((a, b) => a.First.CompareTo(b.First));
        return kept;
    }

    private void Add(string name, Phrase phrase)
    {
        var tokens = Tokenizer.Tokenize(phrase.Text);
        var entry = new Entry(name, phrase, [.. tokens.Select(token => token.Stem)], tokens.TrueForAll(token => token.Kind == TokenKind.Character));
        if (!_byFirstStem.TryGetValue(entry.Stems[0], out var entries))
            _byFirstStem[entry.Stems[0]] = entries = [];
        entries.Add(entry);
    }

    private static int? LastOf(Entry entry, IReadOnlyList<Token> tokens, int first)
    {
        var at = first;
        for (var k = 1; k < entry.Stems.Length; k++)
        {
            var skipped = 0;
            at++;
            while (at < tokens.Count && tokens[at].Stem != entry.Stems[k] && !entry.IsChinese && skipped < MostFillers && IsFiller(tokens[at], entry))
            {
                at++;
                skipped++;
            }
            if (at >= tokens.Count || tokens[at].Stem != entry.Stems[k])
                return null;
        }
        return at;
    }

    private static bool IsFiller(Token token, Entry entry) =>
        token.Kind == TokenKind.Word
        && (token.Text.EndsWith("ly", StringComparison.Ordinal) || (s_fillers.Contains(token.Text) && !(s_particles.Contains(token.Text) && s_particles.Contains(entry.Stems[^1]))));

    private sealed record Entry(string Name, Phrase Phrase, string[] Stems, bool IsChinese);
}
