namespace Kinora.Rendering.Direction;

/// <summary>Tells in which language a line is spoken: by words beside it ("in French"), else by its script and letters.</summary>
internal static class SpeechLanguage
{
    private static readonly Lexicon s_names = new(
    [
        ("en", [new("in english"), new("英语"), new("英文")]), ("zh", [new("in chinese"), new("in mandarin"), new("中文"), new("普通话"), new("汉语")]), ("yue", [new("in cantonese"), new("粤语")]),
        ("de", [new("in german"), new("德语")]), ("fr", [new("in french"), new("法语")]), ("es", [new("in spanish"), new("西班牙语")]), ("it", [new("in italian"), new("意大利语")]),
        ("pt", [new("in portuguese"), new("葡萄牙语")]), ("ru", [new("in russian"), new("俄语")]), ("ja", [new("in japanese"), new("日语")]), ("ko", [new("in korean"), new("韩语")]),
        ("ar", [new("in arabic"), new("阿拉伯语")]), ("hi", [new("in hindi")]), ("nl", [new("in dutch")]), ("sv", [new("in swedish")]), ("pl", [new("in polish")]), ("tr", [new("in turkish")]), ("la", [new("in latin")]),
    ]);

    // Letters that one language uses and its neighbours do not; the first that occurs decides.
    private static readonly (string Letters, string Language)[] s_letters =
        [("ßäöü", "de"), ("ñ¿¡", "es"), ("ãõ", "pt"), ("ęłśźż", "pl"), ("ěřů", "cs"), ("őű", "hu"), ("ğışİ", "tr"), ("åø", "nb"), ("ăâțș", "ro"), ("çèêëîïœùûéà", "fr"), ("ìòù", "it")];

    public static string Of(Quotation quotation)
    {
        var named = s_names.Find(Tokenizer.Tokenize(quotation.Before)).LastOrDefault() ?? s_names.Find(Tokenizer.Tokenize(quotation.After)).FirstOrDefault();
        return named?.Name ?? ByScript(quotation.Text) ?? ByLetters(quotation.Text.ToLowerInvariant());
    }

    private static string? ByScript(string text)
    {
        if (text.Any(character => character is >= '\u3040' and <= '\u30ff'))
            return "ja";
        return text.Select(Script).FirstOrDefault(language => language is not null);
    }

    private static string? Script(char character) => character switch
    {
        >= '\uac00' and <= '\ud7af' => "ko",
        >= '\u3400' and <= '\u9fff' => "zh",
        'і' or 'ї' or 'є' or 'ґ' => "uk",
        >= '\u0400' and <= '\u04ff' => "ru",
        >= '\u0370' and <= '\u03ff' => "el",
        >= '\u0590' and <= '\u05ff' => "he",
        >= '\u0600' and <= '\u06ff' => "ar",
        >= '\u0900' and <= '\u097f' => "hi",
        >= '\u0e00' and <= '\u0e7f' => "th",
        _ => null,
    };

    private static string ByLetters(string text) =>
        s_letters.FirstOrDefault(item => text.AsSpan().IndexOfAny(item.Letters) >= 0).Language ?? "en";
}
