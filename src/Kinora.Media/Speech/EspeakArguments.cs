using System.Globalization;

namespace Kinora.Media.Speech;

/// <summary>Chooses espeak-ng's voice, variant, pitch and speed. Nothing here comes from a client's text.</summary>
internal static class EspeakArguments
{
    /// <summary>Words per minute: English is easiest to follow a little under espeak's own 175.</summary>
    private const double Speed = 165, ChineseSpeed = 175;

    /// <summary>
    /// <c>cmn</c> itself is broken in Debian's 1.51: it speaks the characters' pinyin as English with the tones' numbers
    /// (https://github.com/espeak-ng/espeak-ng/issues/1028); this one reads the same characters with tones.
    /// </summary>
    private const string Chinese = "cmn-latn-pinyin";

    /// <summary>Languages whose voice has the language's own name.</summary>
    private static readonly HashSet<string> s_plain =
        [.. "yue de es it pt nl sv da nb fi pl cs hu ro tr ru uk el ar he fa hi th vi ja ko la id".Split(' ')];

    public static IReadOnlyList<string> For(SpeechRequest request)
    {
        var voice = Voice(request.Language.ToLowerInvariant());
        var (variant, pitch, pace) = Character(request.Voice);
        var speed = (voice == Chinese ? ChineseSpeed : Speed) * pace * Math.Clamp(request.Rate, 0.5, 2);
        return ["-v", voice + variant, "-p", Number(pitch), "-s", Number(speed), "-b", "1", "--stdin", "--stdout"];
    }

    private static string Voice(string language) => language switch
    {
        "zh" => Chinese,
        "fr" => "fr-fr",
        _ => s_plain.Contains(language) ? language : "en-us",
    };

    /// <summary>Variant, pitch (0 to 99, 50 is the variant's own) and pace.</summary>
    private static (string Variant, int Pitch, double Pace) Character(SpeechVoice voice) => voice switch
    {
        { Whispers: true, Sex: VoiceSex.Female } => ("+whisperf", 50, 0.95),
        { Whispers: true } => ("+whisper", 50, 0.95),
        { Sex: VoiceSex.Female, Age: VoiceAge.Child } => ("+f2", 85, 1),
        { Age: VoiceAge.Child } => ("+f4", 75, 1),
        { Sex: VoiceSex.Female, Age: VoiceAge.Old } => ("+f1", 35, 0.88),
        { Age: VoiceAge.Old } => ("+m6", 30, 0.88),
        { Sex: VoiceSex.Female } => ("+f3", 50, 1),
        { Sex: VoiceSex.Male } => ("+m3", 45, 1),
        _ => ("", 50, 1),
    };

    private static string Number(double value) => Math.Round(value).ToString(CultureInfo.InvariantCulture);
}
