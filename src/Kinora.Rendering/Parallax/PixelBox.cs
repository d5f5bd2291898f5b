using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Parallax;

/// <summary>A rectangle of pixels; right and bottom are exclusive.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    /// <summary>The smallest box around all pixels above a threshold.</summary>
    public static PixelBox Of(Plane plane, float threshold)
    {
        int left = plane.Width, top = plane.Height, right = 0, bottom = 0;
        for (var y = 0; y < plane.Height; y++)
        {
            for (var x = 0; x < plane.Width; x++)
            {
                if (plane[x, y] <= threshold)
                    continue;
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }
        return new PixelBox(left, top, right, bottom);
    }

    /// <summary>The box grown on every side, within a picture with even sides; its own sides are even too.</summary>
    public PixelBox Grown(int pixels, int width, int height) =>
        new(Math.Max(0, Left - pixels) & ~1, Math.Max(0, Top - pixels) & ~1, Math.Min(width, Right + pixels + 1) & ~1, Math.Min(height, Bottom + pixels + 1) & ~1);
}
