using Kinora.Media;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Elements;

/// <summary>Where an element is in its picture.</summary>
/// <param name="Image">The picture, RGB.</param>
/// <param name="Alpha">0 to 1, at the picture's size.</param>
internal sealed record ElementCover(Image Image, Plane Alpha)
{
    /// <summary>The part of the picture that it fills.</summary>
    public PixelBox Box { get; } = PixelBox.Of(Alpha, 0.1f);

    /// <summary>By the picture's alpha, by the plain wall behind it, or by a contour that can be trusted; null if nothing helps.</summary>
    public static ElementCover? TryFind(Image image, int threads)
    {
        var alpha = OwnAlpha(image) ?? Subject(image, threads);
        return alpha is null || alpha.Values.Max() < 0.5f ? null : new ElementCover(Opaque(image), alpha);
    }

    /// <summary>
    /// How much of it covers its own mirror image, 0 to 1. Things and people seen from the front are nearly symmetric; seen from the side they are not.
    /// </summary>
    public double Symmetry()
    {
        double both = 0, either = 1e-6;
        for (var y = Box.Top; y < Box.Bottom; y++)
        {
            for (var x = Box.Left; x < Box.Right; x++)
            {
                float here = Alpha[x, y], there = Alpha[Box.Left + Box.Right - 1 - x, y];
                both += Math.Min(here, there);
                either += Math.Max(here, there);
            }
        }
        return both / either;
    }

    private static Plane? OwnAlpha(Image image)
    {
        if (image.Channels != 4)
            return null;
        var alpha = new Plane(image.Width, image.Height);
        for (var i = 0; i < alpha.Length; i++)
            alpha.Values[i] = image.Pixels[4 * i + 3] * (1f / 255);
        return alpha.Values.Min() < 0.1f ? alpha : null;
    }

    private static Plane? Subject(Image image, int threads)
    {
        var reading = PictureReading.Of(Opaque(image), threads, mayHaveSky: false);
        var mask = PlainGround.FindThing(reading.Picture) ?? (reading.Subject.IsTrusted ? reading.Subject.Mask : null);
        return mask is null ? null : BoxFilter.Mean(Resampling.Resize(mask, image.Width, image.Height), Math.Max(1, image.Width / 400));
    }

    private static Image Opaque(Image image)
    {
        if (image.Channels == 3)
            return image;
        var pixels = new byte[image.Width * image.Height * 3];
        for (var i = 0; i < image.Width * image.Height; i++)
            image.Pixels.AsSpan(4 * i, 3).CopyTo(pixels.AsSpan(3 * i));
        return new Image(image.Width, image.Height, 3, pixels);
    }
}
