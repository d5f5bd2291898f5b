namespace Kinora.Rendering.Direction;

/// <summary>
/// Strips English inflections so that "orbits", "orbiting" and "orbited" are one word. It need not find the dictionary form, only the same
/// form for all of them: phrases of the vocabulary go through it too.
/// </summary>
internal static class Stemmer
{
    private const string IrregularForms =
        "rose ris, risen ris, flew fly, flown fly, swung swing, spun spin, blew blow, blown blow, fell fall, fallen fall, shook shak, shaken shak, crept creep, slid slid, "
        + "this this, is is, was is, are is, be is, swept sweep, swam swim, ran run, sang sing, spoke speak, said say, shone shin, leaves leaf, lens lens, left left";

    private static readonly Dictionary<string, string> s_irregular =
        IrregularForms.Split(", ").Select(pair => pair.Split(' ')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static readonly System.Buffers.SearchValues<char> s_vowels = System.Buffers.SearchValues.Create("aeiouy");

    public static string Stem(string word)
    {
        if (s_irregular.TryGetValue(word, out var known))
            return known;
        var stem = word switch
        {
            { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
            { Length: > 4 } when word.EndsWith("ied", StringComparison.Ordinal) => word[..^3] + "y",
            { Length: > 4 } when word.EndsWith("ing", StringComparison.Ordinal) && HasVowel(word[..^3]) => Single(word[..^3]),
            { Length: > 3 } when word.EndsWith("ed", StringComparison.Ordinal) && HasVowel(word[..^2]) => Single(word[..^2]),
            { Length: > 4 } when EndsWithAny(word, "shes", "ches", "sses", "xes", "zes") => word[..^2],
            { Length: > 3 } when word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') => word[..^1],
            _ => word,
        };
        return stem.Length > 3 && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    // "panning" leaves "pann"; "falling" and "passing" leave doubles that belong to the word.
    private static string Single(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is 'b' or 'd' or 'g' or 'm' or 'n' or 'p' or 'r' or 't' ? stem[..^1] : stem;

    private static bool HasVowel(string stem) => stem.AsSpan().ContainsAny(s_vowels);

    private static bool EndsWithAny(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
