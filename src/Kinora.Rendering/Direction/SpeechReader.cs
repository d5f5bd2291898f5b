using System.Text.RegularExpressions;
using Kinora.Media.Speech;

namespace Kinora.Rendering.Direction;

/// <summary>Finds what is said in a prompt: text in quotation marks, or after "says:". The voice follows from the words before it.</summary>
internal static partial class SpeechReader
{
    private const int LettersPerSecondEnglish = 14, CharactersPerSecondChinese = 4;

    private static readonly Lexicon Voices = new(
    [
        (nameof(SpeechVoice.OldFemale), [new("old woman"), new("elderly woman"), new("grandmother"), new("grandma"), new("老奶奶"), new("奶奶"), new("老太太")]),
        (nameof(SpeechVoice.OldMale), [new("old man"), new("elderly man"), new("grandfather"), new("grandpa"), new("wizard"), new("爷爷"), new("老人"), new("老头")]),
        (nameof(SpeechVoice.Child), [new("child"), new("kid"), new("boy"), new("girl"), new("little girl"), new("little boy"), new("toddler"), new("孩子"), new("男孩"), new("女孩"), new("小孩")]),
        (nameof(SpeechVoice.Female), [new("woman"), new("she"), new("her"), new("lady"), new("mother"), new("queen"), new("actress"), new("female"), new("女人"), new("她"), new("女士"), new("妈妈"), new("女生"), new("女声")]),
        (nameof(SpeechVoice.Male), [new("man"), new("he"), new("his"), new("him"), new("father"), new("king"), new("actor"), new("male"), new("guy"), new("男人"), new("他"), new("先生"), new("爸爸"), new("男生"), new("男声")]),
    ]);

    private static readonly Lexicon Whispers = new([("whisper", [new("whisper"), new("murmur"), new("低语"), new("耳语"), new("轻声")])]);

    /// <param name="prompt">One shot's prompt.</param>
    /// <param name="start">When the shot starts, in seconds.</param>
    /// <param name="length">How long it lasts.</param>
    /// <param name="pan">Where the subject is, -1 to 1.</param>
    public static List<SpeechPlan> Read(string prompt, double start, double length, double pan)
    {
        var result = new List<SpeechPlan>();
        var time = start + Math.Min(0.4, length * 0.1);
        foreach (Match match in Quoted().Matches(prompt))
        {
            var text = match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value.Trim();
            if (!text.Any(char.IsLetter))
                continue;
            var language = text.Any(character => character is >= '\u3400' and <= '\u9fff') ? SpeechLanguage.Chinese : SpeechLanguage.English;
            var seconds = EstimateSeconds(text, language);
            // A sentence too long for its shot is spoken faster, up to a quarter; what then remains is cut by the end of the clip.
            var rate = Math.Clamp(seconds / Math.Max(0.5, start + length - time - 0.2), 1, 1.25);
            result.Add(new SpeechPlan(new SpeechRequest(text, language, VoiceFor(prompt[..match.Index]), rate), Math.Round(time, 2), pan));
            time += seconds / rate + 0.35;
        }
        return result;
    }

    /// <summary>The prompt without what is said in it: spoken words direct no camera.</summary>
    public static string WithoutSpeech(string prompt) => Quoted().Replace(prompt, " ");

    private static double EstimateSeconds(string text, SpeechLanguage language) =>
        0.4 + text.Count(char.IsLetter) / (double)(language == SpeechLanguage.Chinese ? CharactersPerSecondChinese : LettersPerSecondEnglish);

    // The last person named before the quotation is the one who speaks.
    private static SpeechVoice VoiceFor(string before)
    {
        var tokens = Tokenizer.Tokenize(before);
        if (Whispers.Find(tokens).Count > 0)
            return SpeechVoice.Whisper;
        var person = Voices.Find(tokens).LastOrDefault();
        return person is null ? SpeechVoice.Female : Enum.Parse<SpeechVoice>(person.Name);
    }

    [GeneratedRegex("[“\"]([^”\"]{2,400})[”\"]|「([^」]{1,200})」|『([^』]{1,200})』|(?:says?|said|speaks?|说|说道)\\s*[:：]\\s*([^.。!！?？\\n“\"「『]{2,300})", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
