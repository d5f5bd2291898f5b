using Kinora.Rendering.Effects;
using Kinora.Rendering.Effects.Light;

namespace Kinora.Rendering.Direction;

/// <summary>Reads what moves in the picture, the weather, the light and the look.</summary>
internal static class EffectReader
{
    /// <summary>More would cost more time than the encoder takes, and show less.</summary>
    public const int MostEffects = 5;

    // Words that contain an effect's and mean none: 淡入淡出 is a way from one shot to the next, 淡出 an end.
    private const string NoEffect = "";

    private static readonly Lexicon s_words = new([.. EffectCatalog.All.Select(effect => (effect.Name, effect.Phrases)), (NoEffect, [new("淡入淡出")])]);

    private static readonly Lexicon s_strengths = new(
    [
        ("strong", [new("heavy"), new("heavily"), new("strong"), new("strongly"), new("thick"), new("dense"), new("intense"), new("violent"), new("wild"), new("wildly"), new("fierce"), new("浓"), new("猛烈"), new("剧烈"), new("强烈")]),
        ("weak", [new("light rain"), new("light snow"), new("gentle"), new("gently"), new("softly"), new("slightly"), new("faint"), new("subtle"), new("subtly"), new("delicate"), new("thin"), new("轻轻"), new("微微"), new("淡淡"), new("细微")]),
    ]);

    // What people forbid by the name of the fault it would be.
    private static readonly Lexicon s_faults = new(
    [
        ("sway ripple breathe", [new("wobble"), new("wobbly"), new("warping"), new("warped"), new("jelly"), new("morphing"), new("rubbery"), new("扭曲"), new("变形")]),
        ("focus", [new("blur"), new("blurry"), new("blurred"), new("out of focus"), new("defocused"), new("模糊"), new("失焦")]),
        ("grain", [new("noise"), new("noisy"), new("噪点")]),
        ("flicker lightning", [new("flashing"), new("flashing light"), new("flicker"), new("频闪")]),
        ("monochrome", [new("colorless"), new("colourless"), new("no color")]),
    ]);

    private static readonly HashSet<Heading> s_sideways = [Heading.Left, Heading.Right];

    /// <param name="prompt">What is to happen.</param>
    /// <param name="forbidden">Names that a negative prompt rules out.</param>
    /// <param name="isLocked">Whether the camera stands still: then something else has to live.</param>
    /// <param name="before">The effects of the shot before: the weather and the look go on.</param>
    public static List<EffectPlan> Read(string prompt, IReadOnlySet<string> forbidden, bool isLocked, IReadOnlyList<EffectPlan>? before = null)
    {
        var found = new List<EffectPlan>();
        var denied = new HashSet<string>(forbidden);
        var clauses = ClauseReader.Read(Tokenizer.Tokenize(prompt));
        foreach (var (clause, start) in clauses.Zip(Negation.Starts(clauses)))
        {
            foreach (var match in s_words.Find(clause.Tokens).Where(match => match.Name != NoEffect))
            {
                if (match.First > start)
                    denied.Add(match.Name);
                else if (!found.Exists(plan => plan.Effect == match.Name))
                    found.Add(new EffectPlan(match.Name, Strength(clause, match), Headings.Near(clause.Tokens, match, s_sideways), clause.Words(match.First, match.Last)));
            }
        }
        found.RemoveAll(plan => denied.Contains(plan.Effect));
        found = Continuity.Carry(found, denied, prompt, before ?? []);
        if (isLocked && found.TrueForAll(plan => !Moves(plan.Effect)) && !denied.Contains(LightShiftEffect.EffectName))
            found.Add(new EffectPlan(LightShiftEffect.EffectName, 0.8, Heading.None, "locked camera"));
        return EffectCatalog.InOrder(found.Take(MostEffects));
    }

    /// <summary>Names of the effects that a negative prompt speaks of.</summary>
    public static HashSet<string> ReadForbidden(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Trim().Equals(NegativePrompt.EndpointDefault, StringComparison.OrdinalIgnoreCase))
            return [];
        var tokens = Tokenizer.Tokenize(text);
        return [.. s_words.Find(tokens).Select(match => match.Name), .. s_faults.Find(tokens).SelectMany(match => match.Name.Split(' '))];
    }

    private static double Strength(Clause clause, PhraseMatch match)
    {
        var strength = match.Phrase.Amount;
        foreach (var word in s_strengths.Find(clause.Tokens).Where(word => word.First < match.First || word.Last > match.Last))
            strength *= word.Name == "strong" ? 1.5 : 0.7;
        return Math.Round(Math.Clamp(strength, 0.3, 3), 3);
    }

    private static bool Moves(string effect) => effect is not ("monochrome" or "vintage" or "vignette" or "grain" or "fade" or "focus");
}
