using System.Text.RegularExpressions;

namespace Kinora.Rendering.Direction;

/// <summary>
/// Cuts one long prompt into shots where the caller lets the director do so: at "cut to" and its kind, or else between sentences,
/// each shot at least two and a half seconds long and the longer the more its words have to say. Words about style are no shot: they hold for all.
/// </summary>
internal static partial class ShotCutter
{
    private const double LeastSeconds = 2.5;
    private const int MostShots = 4;

    /// <summary>A sentence this short without a camera move is an adjective list ("Photorealistic, 4K, moody.").</summary>
    private const int StyleTokens = 6;

    /// <summary>The brief with its single shot cut, or as it was.</summary>
    public static ClipBrief Cut(ClipBrief brief)
    {
        if (!brief.DirectorMayCut || brief.Shots.Count != 1)
            return brief;
        var whole = brief.Shots[0];
        var most = Math.Min(MostShots, (int)(whole.Duration.TotalSeconds / LeastSeconds));
        var (parts, style) = Parts(whole.Prompt, most);
        if (parts.Count < 2)
            return brief;
        var ends = Ends(parts, whole.Duration.TotalSeconds);
        var shots = new List<Shot>();
        var time = TimeSpan.Zero;
        for (var i = 0; i < parts.Count; i++)
        {
            var end = i == parts.Count - 1 ? whole.Duration : TimeSpan.FromSeconds(ends[i]);
            shots.Add(new Shot(style.Length == 0 ? parts[i] : $"{parts[i]} {style}", end - time));
            time = end;
        }
        return brief with { Shots = shots, DirectorMayCut = false };
    }

    // Everybody gets the least; the rest goes by the number of words. Rounded to a quarter of a second.
    private static List<double> Ends(List<string> parts, double seconds)
    {
        var words = parts.ConvertAll(part => Math.Sqrt(1 + Tokenizer.Tokenize(part).Count));
        var spare = Math.Max(0, seconds - LeastSeconds * parts.Count);
        var ends = new List<double>();
        for (var i = 0; i < parts.Count; i++)
            ends.Add(LeastSeconds * (i + 1) + Math.Floor(4 * spare * words.Take(i + 1).Sum() / words.Sum()) / 4);
        return ends;
    }

    private static (List<string> Parts, string Style) Parts(string prompt, int most)
    {
        // What somebody says is not the director's: its full stops end nothing.
        var quiet = Quotations.Masked(prompt);
        var marked = Pieces(Marks(), prompt, quiet).ConvertAll(part => part.Trim(' ', ',', '.', ':', ';')).FindAll(part => part.Length > 0);
        if (marked.Count > 1)
            return (Share(marked, most), "");
        var sentences = Pieces(SentenceEnds(), prompt, quiet).ConvertAll(part => part.Trim()).FindAll(part => part.Length > 0);
        var style = sentences.FindAll(IsStyle);
        var parts = sentences.FindAll(sentence => !IsStyle(sentence));
        return (Share(parts, most), string.Join(" ", style));
    }

    // More sentences than shots: neighbours share one.
    private static List<string> Share(List<string> parts, int most) =>
        parts.Count <= most ? parts : [.. Enumerable.Range(0, Math.Max(1, most)).Select(i => string.Join(" ", parts[(i * parts.Count / most)..((i + 1) * parts.Count / most)]))];

    private static List<string> Pieces(Regex cuts, string prompt, string quiet)
    {
        var result = new List<string>();
        var from = 0;
        foreach (Match cut in cuts.Matches(quiet))
        {
            result.Add(prompt[from..cut.Index]);
            from = cut.Index + cut.Length;
        }
        result.Add(prompt[from..]);
        return result;
    }

    // It says how things look, and neither what happens nor what the camera does.
    private static bool IsStyle(string sentence)
    {
        var tokens = Tokenizer.Tokenize(sentence).FindAll(token => !token.IsMark);
        if (Quotations.Find(sentence).Count > 0 || MoveReader.Read(sentence) is { Requests.Count: > 0 } or { WantsStatic: true })
            return false;
        var effects = EffectReader.Read(sentence, new HashSet<string>(), isLocked: false);
        return effects.Count > 0 ? effects.TrueForAll(effect => Continuity.IsLook(effect.Effect)) : tokens.Count <= StyleTokens && StyleWords().IsMatch(sentence);
    }

    [GeneratedRegex(@"\b(?:smash cut to|hard cut to|(?<!match )cut to|cuts to|next shot|new shot|shot \d+\s*:|scene \d+\s*:)|(?=\bmatch cut\b)|(?=匹配剪辑)|(?=\bcross-?\s?(?:fade|dissolve)s?\b)|(?<=(?:^|[.,;:!?]|\bthen)\s*)(?=dissolves?\s+(?:in)?to\b)|(?=叠化)|(?=淡入淡出)|(?=交叉溶解)|切到|切至|切换到|下一个镜头|镜头\d+[:：]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=\S)|(?<=[。！？])", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnds();

    [GeneratedRegex(@"\b(?:cinematic|photo-?realistic|realistic|hyper-?realistic|4k|8k|hd|film look|style|moody|premium|quality|detailed|masterpiece|aesthetic|tone|mood|atmosphere|feel|soulful|elegant)\b|电影感|写实|高清|质感|风格|氛围|超清", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StyleWords();
}
