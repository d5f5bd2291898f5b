using Kinora.Media;

namespace Kinora.Rendering.Effects;

/// <summary>Several overlays, one after another.</summary>
internal sealed record Overlays(params IReadOnlyList<IOverlayFrame> Frames) : IOverlayFrame
{
    public void Paint(VideoFrame frame, int from, int to)
    {
        foreach (var overlay in Frames)
            overlay.Paint(frame, from, to);
    }
}
