namespace Kinora.Rendering.Direction;

/// <summary>Cuts tokens into clauses, and numbers the steps of a sequence ("…, then …").</summary>
internal static class ClauseReader
{
    private static readonly HashSet<string> s_cameraWords = ["camera", "shot", "lens", "view", "viewpoint", "cam", "drone", "framing", "frame", "pov", "cinematography", "gimbal", "steadicam"];
    private static readonly string[] s_chineseCameraWords = ["镜头", "相机", "摄影机", "摄像机", "画面", "机位", "视角", "运镜", "无人机"];
    private static readonly HashSet<string> s_sequencers = ["then", "finally", "afterwards", "afterward", "next", "subsequently", "later", "eventually", "lastly"];
    private static readonly string[] s_chineseSequencers = ["然后", "接着", "随后", "最后", "之后", "紧接着", "再"];
    private static readonly HashSet<string> s_joiners = ["and", "while", "as", "but", "before"];

    public static List<Clause> Read(IReadOnlyList<Token> tokens)
    {
        var state = new State();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.IsMark)
                state.Close(token.Kind is TokenKind.Stop, token.Kind is TokenKind.Arrow);
            else if (SequencerLength(tokens, i) is var length and > 0)
            {
                state.Close(endsSentence: false, nextStep: true);
                i += length - 1;
            }
            else if (s_joiners.Contains(token.Text) && !IsPair(tokens, i))
                state.Close(endsSentence: false, nextStep: token.Text == "before");
            else
                state.Current.Add(token);
        }
        state.Close(endsSentence: true, nextStep: false);
        return state.Clauses;
    }

    /// <summary>Whether the tokens speak of the camera.</summary>
    public static bool MentionsCamera(IReadOnlyList<Token> tokens) =>
        tokens.Any(token => s_cameraWords.Contains(token.Stem)) || s_chineseCameraWords.Any(word => IndexOf(tokens, 0, tokens.Count, word) >= 0);

    // "Black and white" is one thing.
    private static bool IsPair(IReadOnlyList<Token> tokens, int at) =>
        at > 0 && at + 1 < tokens.Count && (tokens[at - 1].Text, tokens[at + 1].Text) is ("black", "white") or ("thunder", "lightning");

    private static int SequencerLength(IReadOnlyList<Token> tokens, int at)
    {
        if (s_sequencers.Contains(tokens[at].Text) && !(tokens[at].Text == "next" && at + 1 < tokens.Count && tokens[at + 1].Text == "to"))
            return 1;
        if (tokens[at].Text is "followed" && at + 1 < tokens.Count && tokens[at + 1].Text == "by")
            return 2;
        if (tokens[at].Text is "after" && at + 1 < tokens.Count && tokens[at + 1].Text == "that")
            return 2;
        return s_chineseSequencers.Where(word => IndexOf(tokens, at, at + 1, word) == at).Select(word => word.Length).DefaultIfEmpty(0).Max();
    }

    private static int IndexOf(IReadOnlyList<Token> tokens, int from, int to, string characters)
    {
        for (var start = from; start < to && start + characters.Length <= tokens.Count; start++)
        {
            var k = 0;
            while (k < characters.Length && tokens[start + k].Text.Length == 1 && tokens[start + k].Text[0] == characters[k])
                k++;
            if (k == characters.Length)
                return start;
        }
        return -1;
    }

    private sealed class State
    {
        private int _step;
        private bool _startsSentence = true;

        public List<Clause> Clauses { get; } = [];

        public List<Token> Current { get; private set; } = [];

        public void Close(bool endsSentence, bool nextStep)
        {
            if (Current.Count > 0)
            {
                Clauses.Add(new Clause(Current, _step, _startsSentence, MentionsCamera(Current)));
                Current = [];
                _startsSentence = false;
            }
            if (nextStep && Clauses.Count > 0)
                _step++;
            if (endsSentence)
                _startsSentence = true;
        }
    }
}
