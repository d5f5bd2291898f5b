namespace Kinora.Rendering.Direction;

/// <summary>Reads slow motion, time-lapse and frozen time out of a prompt.</summary>
internal static class TempoReader
{
    private static readonly Lexicon s_words = new(
    [
        ("0.4", [new("slow motion"), new("slowmotion"), new("slow mo"), new("slowmo"), new("slomo"), new("slow mo shot"), new("high speed camera"), new("high frame rate"), new("120 fps"), new("120fps"), new("240fps"), new("慢动作"), new("慢镜头"), new("升格")]),
        ("0.2", [new("super slow motion"), new("extreme slow motion"), new("ultra slow motion"), new("extremely slow motion"), new("super slow mo"), new("ultra slow mo"), new("1000 fps"), new("1000fps"), new("超慢动作"), new("极慢动作"), new("超级慢动作"), new("超慢镜头")]),
        ("0.02", [new("bullet time"), new("frozen in time"), new("time freeze"), new("time stop"), new("time stand still"), new("freeze frame"), new("子弹时间"), new("时间静止"), new("时间停止"), new("时间冻结"), new("定格")]),
        ("2.5", [new("timelapse"), new("time lapse"), new("hyperlapse"), new("hyper lapse"), new("延时"), new("延时摄影"), new("缩时")]),
        ("1.8", [new("fast motion"), new("fast forward"), new("sped up"), new("speed up"), new("in fast speed"), new("快进"), new("快动作"), new("加速播放"), new("降格")]),
    ]);

    /// <param name="prompt">What is to happen.</param>
    /// <param name="forbidden">The negative prompt, or null.</param>
    /// <returns>The last thing said, or null for time as it is.</returns>
    public static TempoPlan? Read(string prompt, string? forbidden)
    {
        var denied = s_words.Find(Tokenizer.Tokenize(forbidden ?? "")).Select(match => match.Name).ToHashSet();
        TempoPlan? found = null;
        var clauses = ClauseReader.Read(Tokenizer.Tokenize(prompt));
        foreach (var (clause, start) in clauses.Zip(Negation.Starts(clauses)))
        {
            foreach (var match in s_words.Find(clause.Tokens).Where(match => match.First < start && !denied.Contains(match.Name)))
                found = new TempoPlan(double.Parse(match.Name, System.Globalization.CultureInfo.InvariantCulture), clause.Words(match.First, match.Last));
        }
        return found;
    }
}
