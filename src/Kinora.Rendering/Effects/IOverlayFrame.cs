using Kinora.Media;

namespace Kinora.Rendering.Effects;

/// <summary>An overlay at one moment.</summary>
internal interface IOverlayFrame
{
    /// <summary>Paints rows <paramref name="from"/> to <paramref name="to"/> (both even); slices may be painted at the same time.</summary>
    void Paint(VideoFrame frame, int from, int to);
}
