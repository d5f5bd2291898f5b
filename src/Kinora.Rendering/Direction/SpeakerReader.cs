using Kinora.Media.Speech;

namespace Kinora.Rendering.Direction;

/// <summary>Tells from the words around a line whose voice it is: "the old woman whispers", 小女孩说.</summary>
internal static class SpeakerReader
{
    private static readonly string[] s_old = ["old", "elderly", "aged", "ageing", "senior", "white haired", "grey haired", "gray haired"];
    private static readonly string[] s_women = ["woman", "lady", "female"], s_men = ["man", "gentleman", "male", "sailor", "fisherman", "farmer", "monk", "wizard", "king"];

    private static readonly Lexicon s_words = new(
    [
        ("f", [.. Phrases("she woman women lady female mother mom mum wife aunt queen princess actress waitress policewoman sister daughter heroine hostess nun witch 她 女人 女士 女子 女性 妈妈 母亲 女主角 姐姐 妻子 女王 公主 女声")]),
        ("m", [.. Phrases("he man men gentleman male father dad husband uncle king prince actor waiter policeman soldier brother son hero host monk wizard knight sailor fisherman farmer guy 他 男人 男士 男子 男性 爸爸 父亲 男主角 哥哥 丈夫 国王 王子 男声 士兵 先生")]),
        ("fc", [.. Phrases("girl schoolgirl 女孩 小女孩 小姑娘"), new("little girl"), new("young girl")]),
        ("mc", [.. Phrases("boy schoolboy 男孩 小男孩"), new("little boy"), new("young boy")]),
        ("c", [.. Phrases("child children kid kids toddler 孩子 小孩 儿童 小朋友")]),
        ("fo", [.. Phrases("grandmother grandma granny 奶奶 老奶奶 外婆 姥姥 老太太 老妇人 老妇 婆婆"), .. Pairs(s_women)]),
        ("mo", [.. Phrases("grandfather grandpa 爷爷 老爷爷 外公 老头 老汉 老先生"), .. Pairs(s_men)]),
        ("o", [.. Phrases("老人 老者"), new("old person"), new("elder")]),
    ]);

    /// <summary>The voice of a quotation.</summary>
    public static SpeechVoice Of(Quotation quotation)
    {
        var afterwards = Quotations.Verb(quotation.After);
        var who = afterwards is null ? [] : s_words.Find(Tokenizer.Tokenize(quotation.After));
        if (who.Count == 0)
            who = [.. s_words.Find(Tokenizer.Tokenize(quotation.Before)).AsEnumerable().Reverse()];
        // "The old man nods. He says …": the nearest word tells the sex, the nearest that agrees with it tells the age.
        var sex = who.Select(match => Sex(match.Name)).FirstOrDefault(found => found != VoiceSex.Unspecified);
        var age = who.Where(match => Sex(match.Name) is var other && (other == sex || other == VoiceSex.Unspecified))
            .Select(match => Age(match.Name)).FirstOrDefault(found => found != VoiceAge.Adult);
        return new SpeechVoice(sex, age, (afterwards ?? Quotations.Verb(quotation.Before)) == "whisper");
    }

    private static VoiceSex Sex(string name) => name[0] switch { 'f' => VoiceSex.Female, 'm' => VoiceSex.Male, _ => VoiceSex.Unspecified };

    private static VoiceAge Age(string name) => name[^1] switch { 'c' => VoiceAge.Child, 'o' => VoiceAge.Old, _ => VoiceAge.Adult };

    private static IEnumerable<Phrase> Phrases(string words) => words.Split(' ').Select(word => new Phrase(word));

    private static IEnumerable<Phrase> Pairs(string[] nouns) => s_old.SelectMany(age => nouns.Select(noun => new Phrase($"{age} {noun}")));
}
