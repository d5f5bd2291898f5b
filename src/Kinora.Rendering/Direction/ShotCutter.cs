using System.Text.RegularExpressions;

namespace Kinora.Rendering.Direction;

/// <summary>
/// Cuts one long prompt into shots where the caller lets the director do so: at "cut to" and its kind, or else between sentences,
/// each shot at least two and a half seconds long.
/// </summary>
internal static partial class ShotCutter
{
    private const double LeastSeconds = 2.5;
    private const int MostShots = 4;

    /// <summary>The brief with its single shot cut, or as it was.</summary>
    public static ClipBrief Cut(ClipBrief brief)
    {
        if (!brief.DirectorMayCut || brief.Shots.Count != 1)
            return brief;
        var seconds = brief.Shots[0].Duration.TotalSeconds;
        var most = Math.Min(MostShots, (int)(seconds / LeastSeconds));
        var parts = Parts(brief.Shots[0].Prompt, most);
        if (parts.Count < 2)
            return brief;
        var each = TimeSpan.FromTicks(brief.Shots[0].Duration.Ticks / parts.Count);
        var shots = parts.ConvertAll(part => new Shot(part, each));
        shots[^1] = shots[^1] with { Duration = brief.Shots[0].Duration - each * (parts.Count - 1) };
        return brief with { Shots = shots, DirectorMayCut = false };
    }

    private static List<string> Parts(string prompt, int most)
    {
        var marked = Marks().Split(prompt).Select(part => part.Trim(' ', ',', '.', ':', ';')).Where(part => part.Length > 0).ToList();
        var parts = marked.Count > 1 ? marked : [.. SentenceEnds().Split(prompt).Select(part => part.Trim()).Where(part => part.Length > 0)];
        if (parts.Count <= most)
            return parts;
        // More sentences than shots: neighbours share one.
        return [.. Enumerable.Range(0, Math.Max(1, most)).Select(i => string.Join(" ", parts[(i * parts.Count / most)..((i + 1) * parts.Count / most)]))];
    }

    [GeneratedRegex(@"\b(?:smash cut to|cut to|cuts to|next shot|new shot|shot \d+\s*:|scene \d+\s*:)|切到|切至|切换到|下一个镜头|镜头\d+[:：]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=\S)|(?<=[。！？])", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnds();
}
