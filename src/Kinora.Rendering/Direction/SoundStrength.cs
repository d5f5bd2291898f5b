namespace Kinora.Rendering.Direction;

/// <summary>Words for how loud something is: "heavy rain", "distant thunder", 远处.</summary>
internal static class SoundStrength
{
    private static readonly Lexicon s_words = new(
    [
        ("4", [new("heavy"), new("loud"), new("roar"), new("deafening"), new("torrential"), new("violent"), new("pour"), new("thunderous"), new("strong"), new("fierce"), new("rage"), new("howl"), new("大"), new("猛烈"), new("强"), new("狂")]),
        ("-4", [new("gentle"), new("gently"), new("soft"), new("softly"), new("quiet"), new("quietly"), new("light"), new("faint"), new("faintly"), new("subtle"), new("slight"), new("calm"), new("轻"), new("微"), new("细"), new("安静"), new("柔和")]),
        ("-7", [new("distant"), new("far"), new("faraway"), new("in the distance"), new("background"), new("远处"), new("远方"), new("隐约")]),
        // About something else.
        ("0", [new("light up"), new("traffic light"), new("streetlight"), new("light rays"), new("大海"), new("大街"), new("大雨"), new("soft light")]),
    ]);

    /// <summary>Decibels for a match, from the words up to two tokens before it or right behind it.</summary>
    public static double Near(IReadOnlyList<Token> tokens, PhraseMatch match)
    {
        var near = s_words.Find(tokens).Where(word => word.Last >= match.First - 2 && word.First <= match.Last + 1);
        return near.Select(word => double.Parse(word.Name, System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
    }
}
