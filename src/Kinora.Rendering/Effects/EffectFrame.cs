namespace Kinora.Rendering.Effects;

/// <summary>Everything that effects do to one frame.</summary>
internal sealed record EffectFrame
{
    public static readonly EffectFrame None = new();

    public IRowBend[] RowBends { get; init; } = [];

    public Drift[] Drifts { get; init; } = [];

    /// <summary>Painted over the background, before the subject.</summary>
    public IOverlayFrame[] Underlays { get; init; } = [];

    public IOverlayFrame[] Overlays { get; init; } = [];
}
