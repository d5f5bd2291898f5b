using Kinora.Media;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects;

/// <summary>Mixes a whole frame towards one colour with a weight per node; a negative luma weight towards black brightens.</summary>
/// <param name="Field">The weight.</param>
/// <param name="Y">Luma code to go to, or -1 to leave luma alone.</param>
/// <param name="U">Blue-difference code.</param>
/// <param name="V">Red-difference code, or -1 to leave chroma alone.</param>
internal sealed record Tint(NodeField Field, int Y, int U, int V) : IOverlayFrame
{
    public const int Black = 16;

    /// <summary>Multiplies luma by 1 + field; colours keep their strength in proportion.</summary>
    public static Tint Gain(NodeField field)
    {
        for (var i = 0; i < field.Values.Length; i++)
            field.Values[i] = -field.Values[i];
        return new Tint(field, Black, -1, -1);
    }

    public void Paint(VideoFrame frame, int from, int to)
    {
        Span<int> nodes = stackalloc int[Field.Columns + 1];
        int width = frame.Size.Width;
        if (Y >= 0)
        {
            for (var row = from; row < to; row++)
            {
                if (Field.Row(row, nodes))
                    RowPaint.Towards(frame.Y.Slice(row * width, width), nodes, SourceGrid.CellShift, Y);
            }
        }
        if (V < 0)
            return;
        for (var row = from / 2; row < to / 2; row++)
        {
            if (!Field.Row(2 * row + 0.5f, nodes))
                continue;
            RowPaint.Towards(frame.U.Slice(row * (width / 2), width / 2), nodes, SourceGrid.CellShift - 1, U);
            RowPaint.Towards(frame.V.Slice(row * (width / 2), width / 2), nodes, SourceGrid.CellShift - 1, V);
        }
    }
}
