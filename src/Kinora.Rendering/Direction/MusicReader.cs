namespace Kinora.Rendering.Direction;

/// <summary>Finds out whether music is asked for, and in what mood.</summary>
internal static class MusicReader
{
    private static readonly Lexicon s_asked = new(
    [
        ("music", [new("music"), new("musical score"), new("film score"), new("cinematic score"), new("orchestral score"), new("orchestra"), new("soundtrack"), new("melody"), new("symphony"), new("ambient pad"), new("synth pad"), new("lullaby"), new("piano"), new("violin"), new("guitar"), new("cello"), new("saxophone"), new("flute"), new("harp"), new("choir"), new("jazz"), new("lofi"), new("lo fi"), new("song play"),
            new("音乐"), new("配乐"), new("旋律"), new("背景音乐"), new("钢琴"), new("小提琴"), new("吉他"), new("交响乐"), new("乐曲"), new("歌声")]),
        ("", [new("music video"), new("music box shop"), new("music sheet"), new("sheet music"), new("music note"), new("guitar case"), new("piano key"), new("钢琴键")]),
    ]);

    private static readonly Lexicon s_moods = new(
    [
        ("bright", [new("happy"), new("upbeat"), new("cheerful"), new("joyful"), new("playful"), new("bright"), new("uplifting"), new("festive"), new("fun"), new("hopeful"), new("欢快"), new("快乐"), new("轻快"), new("愉快"), new("喜庆")]),
        ("dark", [new("dark"), new("tense"), new("suspense"), new("suspenseful"), new("ominous"), new("eerie"), new("scary"), new("horror"), new("mysterious"), new("haunting"), new("紧张"), new("恐怖"), new("阴森"), new("神秘"), new("悬疑")]),
        ("epic", [new("epic"), new("heroic"), new("grand"), new("majestic"), new("triumphant"), new("cinematic"), new("orchestral"), new("orchestra"), new("dramatic"), new("史诗"), new("宏大"), new("壮丽"), new("激昂"), new("交响乐")]),
        ("sad", [new("sad"), new("melancholic"), new("melancholy"), new("somber"), new("nostalgic"), new("soulful"), new("lonely"), new("bittersweet"), new("悲伤"), new("忧伤"), new("伤感"), new("怀旧")]),
        ("calm", [new("calm"), new("soft"), new("gentle"), new("peaceful"), new("relaxing"), new("soothing"), new("serene"), new("ambient"), new("lullaby"), new("平静"), new("舒缓"), new("宁静"), new("轻柔")]),
    ]);

    public static MusicPlan? Read(IReadOnlyList<SoundClause> clauses, MutedSounds muted)
    {
        if (muted.Music)
            return null;
        foreach (var clause in clauses)
        {
            if (s_asked.Find(clause.Tokens).Find(match => match.Name.Length > 0 && match.First < clause.Denied) is not { } match)
                continue;
            // The mood beside the word, or else anywhere: "an epic battle, with music".
            var mood = s_moods.Find(clause.Tokens).FirstOrDefault() ?? clauses.SelectMany(other => s_moods.Find(other.Tokens)).FirstOrDefault();
            return new MusicPlan(mood?.Name ?? "calm", clause.Clause.Words(match.First, match.Last));
        }
        return null;
    }
}
