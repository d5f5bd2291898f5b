using Kinora.Media;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Parallax;

/// <summary>Turns the hard mask of the work picture into a soft one along the picture's own edges.</summary>
internal static class Matte
{
    public static Plane Refine(CodePlanes picture, FrameSize size, Plane mask)
    {
        int width = size.Width / 2, height = size.Height / 2;
        Plane[] guide = [Half(picture.Y, size), Half(picture.U, size), Half(picture.V, size)];
        var rough = Resampling.Resize(mask, width, height).Map(value => Smooth.Step(0.3f, 0.7f, value));
        var soft = new GuidedFilter(guide, 6, 2e-4f).Apply(rough).Map(value => Smooth.Step(0.12f, 0.88f, value));
        var result = Resampling.Resize(soft, size.Width, size.Height);
        for (var i = 0; i < result.Length; i++)
            result.Values[i] = Math.Clamp(result.Values[i], 0, 1);
        return result;
    }

    private static Plane Half(float[] codes, FrameSize size)
    {
        var result = new Plane(size.Width / 2, size.Height / 2);
        for (var y = 0; y < result.Height; y++)
        {
            for (var x = 0; x < result.Width; x++)
            {
                var at = 2 * y * size.Width + 2 * x;
                result[x, y] = (codes[at] + codes[at + 1] + codes[at + size.Width] + codes[at + size.Width + 1]) * (0.25f / 219);
            }
        }
        return result;
    }
}
