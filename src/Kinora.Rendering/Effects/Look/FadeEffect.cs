using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Look;

/// <summary>The shot goes to black or white in its last second.</summary>
internal sealed class FadeEffect : IEffect
{
    private const double LongestSeconds = 1.1;

    public string Name => "fade";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("fade to black"), new("fade out"), new("fade into darkness"), new("fades into black"), new("fade to white"), new("fade into white"), new("淡出"), new("渐黑"), new("渐隐"), new("渐白"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        var isWhite = plan.Source.Contains("white", StringComparison.Ordinal) || plan.Source.Contains('白');
        return new Prepared(scene.ShotStartSeconds + scene.ShotSeconds, Math.Min(LongestSeconds, scene.ShotSeconds * 0.35), isWhite ? 235 : Tint.Black);
    }

    private sealed class Prepared(double end, double length, int luma) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            // Done a frame or two before the end, so that the last frame is all black.
            var amount = (float)Smooth.Step(end - length, end - 0.09, moment.ClipSeconds);
            return new Tint(NodeField.OnScreen(grid, (_, _) => amount), luma, 128, 128);
        }
    }
}
