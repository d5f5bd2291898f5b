using Kinora.Media;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Paints sprites, each row slice for itself.</summary>
internal sealed record ParticleFrame(IReadOnlyList<Sprite> Sprites, float Softness, bool Rim = false) : IOverlayFrame
{
    public void Paint(VideoFrame frame, int from, int to)
    {
        foreach (var sprite in Sprites)
        {
            var reachY = Math.Abs(sprite.Cosine) * sprite.HalfLength + Math.Abs(sprite.Sine) * sprite.HalfWidth + 1;
            if (sprite.Y + reachY < from || sprite.Y - reachY > to)
                continue;
            var reachX = Math.Abs(sprite.Sine) * sprite.HalfLength + Math.Abs(sprite.Cosine) * sprite.HalfWidth + 1;
            Luma(sprite, frame, Math.Max(from, (int)(sprite.Y - reachY)), Math.Min(to - 1, (int)(sprite.Y + reachY) + 1), reachX);
            Chroma(sprite, frame, Math.Max(from, (int)(sprite.Y - reachY)) / 2, Math.Min(to - 1, (int)(sprite.Y + reachY) + 1) / 2, reachX);
        }
    }

    private void Luma(Sprite sprite, VideoFrame frame, int top, int bottom, float reach)
    {
        var width = frame.Size.Width;
        int left = Math.Max(0, (int)(sprite.X - reach)), right = Math.Min(width - 1, (int)(sprite.X + reach) + 1);
        var luma = frame.Y;
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var cover = sprite.Cover(x, y, Softness, Rim);
                if (cover > 0)
                    luma[y * width + x] = Mix(luma[y * width + x], sprite.Colour.Y, cover);
            }
        }
    }

    private void Chroma(Sprite sprite, VideoFrame frame, int top, int bottom, float reach)
    {
        var width = frame.Size.Width / 2;
        int left = Math.Max(0, (int)(sprite.X - reach) / 2), right = Math.Min(width - 1, (int)(sprite.X + reach) / 2 + 1);
        Span<byte> blue = frame.U, red = frame.V;
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var cover = sprite.Cover(2 * x + 0.5f, 2 * y + 0.5f, Softness, Rim);
                if (cover <= 0)
                    continue;
                blue[y * width + x] = Mix(blue[y * width + x], sprite.Colour.U, cover);
                red[y * width + x] = Mix(red[y * width + x], sprite.Colour.V, cover);
            }
        }
    }

    private static byte Mix(byte value, byte target, float weight) => (byte)(value + (target - value) * weight + 0.5f);
}
