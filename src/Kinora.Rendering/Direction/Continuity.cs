using Kinora.Rendering.Effects;

namespace Kinora.Rendering.Direction;

/// <summary>What goes on over a cut though the next shot's words do not repeat it: the weather, and the look of the film.</summary>
internal static class Continuity
{
    private static readonly string[][] s_kinds =
    [
        ["rain", "snow", "fog", "dust", "leaves", "petals", "confetti", "embers", "fireflies"],
        ["monochrome", "vintage"],
        ["bloom"],
        ["focus"],
        ["vignette"],
        ["grain"],
    ];

    // Words that end what was: sunshine ends the rain, colour ends black and white.
    private static readonly Lexicon s_endings = new(
    [
        ("0", [new("clear sky"), new("sunny"), new("sun come out"), new("indoors"), new("interior"), new("放晴"), new("室内")]),
        ("1", [new("in color"), new("in colour"), new("full color"), new("full colour"), new("colorful"), new("colourful"), new("彩色")]),
    ]);

    private static readonly Lexicon s_stops = new([("stop", [new("rain stop"), new("snow stop"), new("rain end"), new("storm pass"), new("fog lift"), new("fog clear"), new("雨停"), new("雪停"), new("雾散")])]);

    /// <summary>Whether it belongs to the film rather than to what is filmed.</summary>
    public static bool IsLook(string effect) => s_kinds[1..].Any(kind => kind.Contains(effect));

    /// <param name="own">What the shot's own words ask for.</param>
    /// <param name="denied">What they or the negative prompt rule out.</param>
    /// <param name="prompt">The words.</param>
    /// <param name="before">The effects of the shot before.</param>
    public static List<EffectPlan> Carry(List<EffectPlan> own, IReadOnlySet<string> denied, string prompt, IReadOnlyList<EffectPlan> before)
    {
        var ended = s_endings.Find(Tokenizer.Tokenize(prompt)).Select(match => s_kinds[match.Name[0] - '0']).SelectMany(names => names).ToHashSet();
        // "The rain stops" names the rain, and means there is none.
        if (s_stops.Find(Tokenizer.Tokenize(prompt)).Count > 0)
        {
            own = own.FindAll(plan => !s_kinds[0].Contains(plan.Effect));
            ended.UnionWith(s_kinds[0]);
        }
        var result = new List<EffectPlan>(own);
        foreach (var kind in s_kinds.Where(kind => !own.Exists(plan => kind.Contains(plan.Effect))))
            result.AddRange(before.Where(plan => kind.Contains(plan.Effect) && !denied.Contains(plan.Effect) && !ended.Contains(plan.Effect)));
        return EffectCatalog.InOrder(result.Take(EffectReader.MostEffects));
    }
}
