using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Lens;

/// <summary>A sheet out of focus: half as wide and high as the picture, which is enough for what is blurred.</summary>
internal sealed class BlurredSheet
{
    private BlurredSheet(Sheet sheet, Texture luma, Texture blue, Texture red) =>
        (Luma, Blue, Red, OffsetX, OffsetY) = (luma, blue, red, -0.5f * sheet.OriginX - 0.25f, -0.5f * sheet.OriginY - 0.25f);

    /// <summary>Texture pixels per picture pixel.</summary>
    public const float Scale = 0.5f;

    public Texture Luma { get; }

    public Texture Blue { get; }

    public Texture Red { get; }

    /// <summary>Texture coordinate = picture coordinate * <see cref="Scale"/> + offset.</summary>
    public float OffsetX { get; }

    public float OffsetY { get; }

    /// <param name="sheet">What to blur.</param>
    /// <param name="radius">Standard deviation in half pixels of the picture, at least 1.</param>
    public static BlurredSheet Of(Sheet sheet, int radius) => new(
        sheet,
        Blurred(sheet.Luma, 4, radius),
        Blurred(sheet.Blue, 2, radius),
        Blurred(sheet.Red, 2, radius));

    private static Texture Blurred(Texture texture, int step, int radius)
    {
        var small = BoxFilter.Blur(Shrink(texture, step), radius);
        var result = new Texture(small.Width, small.Height);
        for (var y = 0; y < small.Height; y++)
            result.SetRow(y, small.Row(y));
        result.ExtendEdges();
        return result;
    }

    private static Plane Shrink(Texture texture, int step)
    {
        var result = new Plane(texture.Width / step, texture.Height / step);
        for (var y = 0; y < result.Height * step; y++)
        {
            Span<float> sums = result.Row(y / step);
            ReadOnlySpan<sbyte> row = texture.Row(y);
            for (var x = 0; x < sums.Length * step; x++)
                sums[x / step] += row[x];
        }
        return result.Map(sum => sum / (step * step) + Texture.Bias);
    }
}
