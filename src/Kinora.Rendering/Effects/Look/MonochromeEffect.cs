using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects.Look;

/// <summary>Black and white; the colour leaves within the first second, because the first frame is the start image.</summary>
internal sealed class MonochromeEffect : IEffect
{
    public string Name => "monochrome";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("black and white"), new("black white"), new("monochrome"), new("noir"), new("greyscale"), new("grayscale"), new("desaturated", Amount: 0.6), new("黑白"), new("单色"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) => new Prepared((float)Math.Min(1, plan.Strength));

    private sealed class Prepared(float strength) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment) => new Tint(NodeField.OnScreen(grid, (_, _) => strength * (float)moment.Envelope), -1, 128, 128);
    }
}
