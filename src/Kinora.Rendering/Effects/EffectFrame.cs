using Kinora.Rendering.Effects.Lens;

namespace Kinora.Rendering.Effects;

/// <summary>Everything that effects do to one frame.</summary>
internal sealed record EffectFrame
{
    public static readonly EffectFrame None = new();

    public IRowBend[] RowBends { get; init; } = [];

    public Drift[] Drifts { get; init; } = [];

    public Defocus[] Lenses { get; init; } = [];

    public IOverlayFrame[] Overlays { get; init; } = [];
}
