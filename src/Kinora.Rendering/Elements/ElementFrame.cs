using Kinora.Media;
using Kinora.Rendering.Effects;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Elements;

/// <summary>A sprite at a place on the screen: its upper left corner and its height in pixels.</summary>
internal sealed unsafe record ElementFrame(ElementSprite Sprite, float Left, float Top, float Height, float Opacity) : IOverlayFrame
{
    public void Paint(VideoFrame frame, int from, int to)
    {
        var width = frame.Size.Width;
        var scale = Sprite.Luma.Height / Height;
        for (var row = Math.Max(from, (int)Top); row < Math.Min(to, Top + Height + 1); row++)
            Row(frame.Y.Slice(row * width, width), Sprite.Luma, Left, scale, (row - Top + 0.5f) * scale - 0.5f);
        for (var row = Math.Max(from, (int)Top) / 2; row < Math.Min(to, Top + Height + 1) / 2; row++)
        {
            var source = (2 * row + 0.5f - Top + 0.5f) * scale - 0.5f;
            Row(frame.U.Slice(row * (width / 2), width / 2), Sprite.Blue, (Left - 0.5f) / 2, 2 * scale, source);
            Row(frame.V.Slice(row * (width / 2), width / 2), Sprite.Red, (Left - 0.5f) / 2, 2 * scale, source);
        }
    }

    private void Row(Span<byte> output, Texture colour, float left, float scale, float sourceRow)
    {
        int first = Math.Max(0, (int)left), last = Math.Min(output.Length - 1, (int)(left + Sprite.Luma.Width / scale) + 1), count = last - first + 1;
        if (count <= 0 || sourceRow < -0.5f || sourceRow > Sprite.Luma.Height - 0.5f)
            return;
        var cells = count / SourceGrid.CellPixels + 3;
        Span<float> x = stackalloc float[cells], y = stackalloc float[cells];
        y.Fill(sourceRow);
        for (var i = 0; i < cells; i++)
            x[i] = (first + i * SourceGrid.CellPixels - left + 0.5f) * scale - 0.5f;
        Span<byte> colours = stackalloc byte[count], cover = stackalloc byte[count];
        int* memory = stackalloc int[RowMap.MemoryFor(cells)];
        var map = RowMap.Create(x, y, 1, 0, 0, SourceGrid.CellShift, memory);
        fixed (byte* c = colours, a = cover)
        {
            WarpKernel.Row(colour, map, count, c, WarpKernel.Best);
            WarpKernel.Row(Sprite.Alpha, map, count, a, WarpKernel.Best);
        }
        // Beyond the sprite the texture repeats its edge.
        int from = 0, to = count;
        while (from < to && At(from) < 0)
            from++;
        while (to > from && At(to - 1) > Sprite.Luma.Width)
            to--;
        RowPaint.Towards(output[(first + from)..(first + to)], colours[from..to], cover[from..to], (int)(Opacity * 257));

        float At(int pixel) => (first + pixel - left + 0.5f) * scale;
    }
}
