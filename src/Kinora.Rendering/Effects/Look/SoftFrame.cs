using Kinora.Media;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects.Look;

/// <summary>Mixes the soft picture into a frame through the camera's grid.</summary>
internal sealed unsafe record SoftFrame(SoftPicture Picture, SourceGrid Grid, float Amount) : IOverlayFrame
{
    public void Paint(VideoFrame frame, int from, int to)
    {
        var amount = (int)(Amount * 257);
        if (amount <= 0)
            return;
        var width = frame.Size.Width;
        Span<float> x = stackalloc float[Grid.Columns], y = stackalloc float[Grid.Columns];
        Span<byte> soft = stackalloc byte[width], cover = stackalloc byte[width];
        for (var row = from; row < to; row++)
        {
            Grid.Row(row, 0, x, y);
            Mix(frame.Y.Slice(row * width, width), Picture.Luma, x, y, SourceGrid.CellShift, amount, soft, cover);
        }
        for (var row = from / 2; row < to / 2; row++)
        {
            Grid.Row(2 * row + 0.5f, 0.5f, x, y);
            Mix(frame.U.Slice(row * (width / 2), width / 2), Picture.Blue, x, y, SourceGrid.CellShift - 1, amount, soft, cover);
            Mix(frame.V.Slice(row * (width / 2), width / 2), Picture.Red, x, y, SourceGrid.CellShift - 1, amount, soft, cover);
        }
    }

    private void Mix(Span<byte> output, Texture colour, Span<float> x, Span<float> y, int cellShift, int amount, Span<byte> soft, Span<byte> cover)
    {
        var scale = (float)Picture.Luma.Width / Grid.Size.Width;
        int* memory = stackalloc int[RowMap.MemoryFor(x.Length)];
        var map = RowMap.Create(x, y, scale, 0.5f * scale - 0.5f, 0.5f * scale - 0.5f, cellShift, memory);
        fixed (byte* s = soft, c = cover)
        {
            WarpKernel.Row(colour, map, output.Length, s, WarpKernel.Best);
            WarpKernel.Row(Picture.Weight, map, output.Length, c, WarpKernel.Best);
        }
        RowPaint.Towards(output, soft[..output.Length], cover[..output.Length], amount);
    }
}
