using System.Text.RegularExpressions;

namespace Kinora.Rendering.Direction;

/// <summary>
/// Finds speech in a prompt: between quotation marks “ ” " " 「 」 『 』 « » „ “, or after <c>says:</c> or 说： to the end of the sentence.
/// Quoted names, signs and titles are not speech.
/// </summary>
internal static partial class Quotations
{
    private const int Longest = 600;

    // Something to read, not to hear.
    private static readonly Lexicon s_written = new(
    [
        ("surface", [new("sign"), new("logo"), new("label"), new("poster"), new("banner"), new("caption"), new("billboard"), new("subtitle"), new("text"), new("t shirt"), new("neon letters"), new("title card"), new("book cover"), new("招牌"), new("标题"), new("字样"), new("文字"), new("标语"), new("海报"), new("字幕")]),
        ("name", [new("titled"), new("entitled"), new("called"), new("named"), new("reading"), new("reads"), new("written"), new("labeled"), new("labelled"), new("the word"), new("the letters"), new("名为"), new("写着"), new("叫做")]),
    ]);

    private static readonly Lexicon s_verbs = new(
    [
        ("say", [new("say"), new("ask"), new("reply"), new("answer"), new("shout"), new("yell"), new("scream"), new("cry"), new("call out"), new("speak"), new("tell"), new("announce"), new("exclaim"), new("sing"), new("narrator"), new("narration"), new("voiceover"), new("voice over"), new("voice"), new("greet"), new("read aloud"),
            new("说"), new("问"), new("回答"), new("喊"), new("叫道"), new("唱"), new("旁白"), new("讲"), new("念")]),
        ("whisper", [new("whisper"), new("murmur"), new("mutter"), new("低语"), new("耳语"), new("轻声说"), new("小声")]),
    ]);

    /// <summary>Everything quoted in a prompt, in order.</summary>
    public static List<Quotation> Find(string prompt)
    {
        var result = new List<Quotation>();
        var last = 0;
        foreach (Match match in Pattern().Matches(prompt))
        {
            var group = match.Groups["marked"].Success ? match.Groups["marked"] : match.Groups["line"];
            var text = group.Value.Trim();
            var before = prompt[last..group.Index];
            var after = Following(prompt[(match.Index + match.Length)..], before);
            last = match.Index + match.Length;
            if (text.Length is 0 or > Longest || !text.Any(char.IsLetterOrDigit))
                continue;
            var first = match.Groups["marked"].Success ? match.Index : group.Index;
            result.Add(new Quotation(text, first, match.Index + match.Length - first, before, after, !IsWritten(before, after)));
        }
        return result;
    }

    /// <summary>The prompt with every quotation blotted out, character for character; one that ends a sentence still does.</summary>
    public static string Masked(string prompt)
    {
        var masked = prompt.ToCharArray();
        foreach (var quotation in Find(prompt))
        {
            masked.AsSpan(quotation.First, quotation.Length).Fill('x');
            if (".!?。！？".Contains(quotation.Text[^1], StringComparison.Ordinal))
                masked[quotation.First + quotation.Length - 1] = quotation.Text[^1];
        }
        return new string(masked);
    }

    /// <summary>The prompt without what is quoted: what somebody says about the weather is not the weather.</summary>
    public static string Without(string prompt, IEnumerable<Quotation> quotations)
    {
        foreach (var quotation in quotations.Reverse())
            prompt = prompt[..quotation.First] + ", " + prompt[(quotation.First + quotation.Length)..];
        return prompt;
    }

    /// <summary>Whether the words tell of somebody speaking, and how: <c>say</c>, <c>whisper</c> or null.</summary>
    public static string? Verb(string words) => s_verbs.Find(Tokenizer.Tokenize(words)).LastOrDefault()?.Name;

    private static bool IsWritten(string before, string after)
    {
        var thought = LastThought(before);
        var written = s_written.Find(Tokenizer.Tokenize(thought));
        if (written.Count == 0)
            return false;
        // "A sign says …" is written whatever the verb; "she says the words …" is spoken.
        return written.Exists(match => match.Name == "surface") || (Verb(thought) ?? Verb(after)) is null;
    }

    private static string LastThought(string text) => text[(text.TrimEnd().TrimEnd('.', '!', '?', '。').LastIndexOfAny(['.', '!', '?', ';', '\n', '。', '！', '？', '；']) + 1)..];

    // Words that lead to the next quotation belong to that one, unless nothing has told yet who says this one.
    private static string Following(string text, string before)
    {
        var end = text.IndexOfAny(['.', '!', '?', ';', '\n', '。', '！', '？', '；', '"', '“', '「', '『', '«', '„']);
        if (end < 0)
            return text;
        return "\"“「『«„".Contains(text[end], StringComparison.Ordinal) && Verb(LastThought(before)) is not null ? "" : text[..end];
    }

    [GeneratedRegex(
        """
        “(?<marked>[^“”]*)”|「(?<marked>[^「」]*)」|『(?<marked>[^『』]*)』|«(?<marked>[^«»]*)»|„(?<marked>[^„“”]*)[“”]|(?<![\p{L}\p{N}])"(?<marked>[^"]*)"|(?:\b(?i:say(?:s|ing)?|said|ask(?:s|ed)?|repl(?:y|ies|ied)|whisper(?:s|ed|ing)?|shout(?:s|ed|ing)?|speaks?|narrat(?:or|ion)|voice-?\s?over|dialogue)(?:\s+in\s+\w+)?|说道?|问道?|喊道?|旁白|低语|对白|台词)\s*[:：]\s*(?!["“”「『«„\s])(?<line>[^\n.!?。！？]+[.!?。！？]?)
        """, RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
