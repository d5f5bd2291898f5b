using Kinora.Media;
using Kinora.Rendering.Effects;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Transition;

/// <summary>Mixes rows of two frames by a weight per node.</summary>
internal static class MorphMix
{
    public static void Rows(VideoFrame target, VideoFrame other, NodeField weights, int from, int to)
    {
        Span<int> nodes = stackalloc int[weights.Columns + 1];
        int width = target.Size.Width, half = width / 2;
        for (var row = from; row < to; row++)
        {
            if (weights.Row(row, nodes))
                RowPaint.Towards(target.Y.Slice(row * width, width), nodes, SourceGrid.CellShift, other.Y.Slice(row * width, width));
        }
        for (var row = from / 2; row < to / 2; row++)
        {
            if (!weights.Row(2 * row + 0.5f, nodes))
                continue;
            RowPaint.Towards(target.U.Slice(row * half, half), nodes, SourceGrid.CellShift - 1, other.U.Slice(row * half, half));
            RowPaint.Towards(target.V.Slice(row * half, half), nodes, SourceGrid.CellShift - 1, other.V.Slice(row * half, half));
        }
    }
}
