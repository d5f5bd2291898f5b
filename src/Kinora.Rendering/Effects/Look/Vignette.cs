using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Look;

/// <summary>Darker corners.</summary>
internal static class Vignette
{
    public static IOverlayFrame Of(SourceGrid grid, float amount) =>
        Tint.Gain(NodeField.OnScreen(grid, (u, v) => -amount * Smooth.Step(0.35f, 0.95f, MathF.Sqrt((u - 0.5f) * (u - 0.5f) + (v - 0.5f) * (v - 0.5f)) * 1.35f)));
}
