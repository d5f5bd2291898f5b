using Kinora.Rendering.Camera;

namespace Kinora.Rendering.Direction;

/// <summary>Words for how fast and how far: they scale a move and may change its easing.</summary>
internal static class Pace
{
    private static readonly Lexicon s_words = new(
    [
        ("slow", [new("slow"), new("slowly"), new("gentle"), new("gently"), new("gradual"), new("gradually"), new("softly"), new("leisurely"), new("calm"), new("calmly"), new("delicate"), new("lazily"),
            new("缓慢"), new("缓缓"), new("慢慢"), new("轻轻"), new("徐徐"), new("逐渐"), new("渐渐"), new("慢速"), new("柔和")]),
        ("subtle", [new("subtle"), new("subtly"), new("slight"), new("slightly"), new("barely"), new("tiny"), new("minimal"), new("very slow"), new("very slowly"), new("a little"), new("微微"), new("轻微"), new("略微"), new("稍微"), new("非常缓慢")]),
        ("fast", [new("fast"), new("quick"), new("quickly"), new("rapid"), new("rapidly"), new("swift"), new("swiftly"), new("energetic"), new("speedy"), new("hurried"), new("快速"), new("迅速"), new("飞快"), new("疾速")]),
        ("strong", [new("dramatic"), new("dramatically"), new("strong"), new("strongly"), new("intense"), new("bold"), new("extreme"), new("epic"), new("big"), new("大幅"), new("猛烈"), new("强烈"), new("戏剧性")]),
        ("sudden", [new("sudden"), new("suddenly"), new("whip"), new("snap"), new("abrupt"), new("abruptly"), new("突然"), new("猛地"), new("急速")]),
        ("steady", [new("constant"), new("steady"), new("steadily"), new("linear"), new("uniform"), new("continuous speed"), new("匀速"), new("稳定"), new("平稳")]),
        // Not a pace of the camera.
        ("other", [new("slow motion"), new("slow mo"), new("slomo"), new("慢动作"), new("fast food"), new("fast forward"), new("soft light"), new("big ben")]),
    ]);

    /// <summary>The factor on a move's amount and the easing, from the words of one clause.</summary>
    public static (double Amount, Easing? Easing) Of(IReadOnlyList<Token> tokens)
    {
        double amount = 1;
        Easing? easing = null;
        foreach (var match in s_words.Find(tokens))
        {
            amount *= match.Name switch { "slow" => 0.6, "subtle" => 0.5, "fast" => 1.6, "strong" => 1.4, "sudden" => 1.3, _ => 1 };
            easing = match.Name switch { "sudden" => Camera.Easing.Sudden, "steady" => Camera.Easing.Steady, _ => easing };
        }
        return (Math.Clamp(amount, 0.3, 2), easing);
    }
}
