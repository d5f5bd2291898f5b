namespace Kinora.Rendering.Direction;

/// <summary>What must not be heard: named in the negative prompt, or denied in the prompt itself ("no music", 不要音乐).</summary>
internal sealed class MutedSounds
{
    private static readonly Lexicon s_words = new(
    [
        ("all", [new("sound"), new("audio"), new("soundtrack"), new("声音"), new("音频"), new("声")]),
        ("music", [new("music"), new("song"), new("melody"), new("score"), new("bgm"), new("background music"), new("singing"), new("音乐"), new("配乐"), new("背景音乐"), new("歌曲")]),
        ("speech", [new("voice"), new("speech"), new("talk"), new("speak"), new("dialogue"), new("dialog"), new("narration"), new("narrator"), new("voiceover"), new("voice over"),
            new("人声"), new("说话"), new("对白"), new("旁白"), new("语音"), new("配音"), new("对话"), new("讲话")]),
        ("beds", [new("ambience"), new("ambiance"), new("ambient"), new("ambient sound"), new("ambient noise"), new("background noise"), new("background sound"), new("环境音"), new("环境声"), new("背景音"), new("噪音"), new("噪声"), new("杂音")]),
        ("events", [new("sound effect"), new("sfx"), new("foley"), new("音效"), new("声效")]),
        // A wall or a colour, not a sound.
        ("", [new("sound barrier"), new("speech bubble"), new("voice actor")]),
    ]);

    // Said of the clip itself these mean no sound at all; "in silence" or "a silent forest" still has air in it.
    private static readonly Lexicon s_silenceWords = new([("silence", [new("mute the sound"), new("mute the audio"), new("mute audio"), new("audio mute"), new("sound mute"), new("sound off"), new("audio off"), new("静音"), new("无声"), new("没有声音")])]);

    private readonly HashSet<string> _names = [];

    public bool Everything => _names.Contains("all");

    public bool Music => Everything || _names.Contains("music");

    public bool Speech => Everything || _names.Contains("speech");

    public bool Beds => Everything || _names.Contains("beds");

    public bool Events => Everything || _names.Contains("events");

    /// <summary>Whether a bed or event of this name was denied.</summary>
    public bool Names(string name) => _names.Contains(name);

    public void Add(string name) => _names.Add(name);

    /// <summary>Takes in denied words.</summary>
    public void AddDenied(IReadOnlyList<Token> tokens)
    {
        foreach (var match in s_words.Find(tokens).Concat(BedReader.Words.Find(tokens)).Concat(EventReader.Words.Find(tokens)))
            _names.Add(match.Name);
    }

    /// <summary>Takes in what a clause denies and whether it asks for silence.</summary>
    public void AddClause(Clause clause, int denied)
    {
        AddDenied([.. clause.Tokens.Skip(Math.Max(0, denied))]);
        if (s_silenceWords.Find(clause.Tokens).Count > 0)
            _names.Add("all");
    }
}
