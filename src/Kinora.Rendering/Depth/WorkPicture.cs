using Kinora.Media;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// The picture small and in opponent colours, for everything that only looks: lightness, red against green, yellow against blue, and gradients.
/// </summary>
internal sealed class WorkPicture
{
    public const int LongSide = 384;

    private WorkPicture(Plane[] rgb)
    {
        Rgb = rgb;
        Lightness = new Plane(rgb[0].Width, rgb[0].Height);
        RedGreen = new Plane(Width, Height);
        YellowBlue = new Plane(Width, Height);
        for (var i = 0; i < Lightness.Length; i++)
        {
            float r = rgb[0].Values[i], g = rgb[1].Values[i], b = rgb[2].Values[i];
            Lightness.Values[i] = 0.2126f * r + 0.7152f * g + 0.0722f * b;
            RedGreen.Values[i] = (r - g) * 0.9f;
            YellowBlue.Values[i] = ((r + g) / 2 - b) * 0.9f;
        }
        Channels = [Lightness, RedGreen, YellowBlue];
        Gradient = ColourGradient.Of(Channels);
    }

    public int Width => Lightness.Width;

    public int Height => Lightness.Height;

    /// <summary>Red, green, blue, 0 to 1.</summary>
    public Plane[] Rgb { get; }

    public Plane Lightness { get; }

    /// <summary>Positive is red, negative green.</summary>
    public Plane RedGreen { get; }

    /// <summary>Positive is yellow, negative blue.</summary>
    public Plane YellowBlue { get; }

    /// <summary>Length of the colour gradient (central differences over two pixels).</summary>
    public Plane Gradient { get; }

    /// <summary>Lightness and both colour axes: the guide for edge-aware filters.</summary>
    public Plane[] Channels { get; }

    /// <param name="image">RGB.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    /// <param name="longSide">Longest side of the work picture.</param>
    public static WorkPicture Of(Image image, int threads, int longSide = LongSide)
    {
        var scale = Math.Min(1, (double)longSide / Math.Max(image.Width, image.Height));
        int width = Math.Max(16, (int)Math.Round(image.Width * scale)), height = Math.Max(16, (int)Math.Round(image.Height * scale));
        return new WorkPicture(ImagePlanes.Of(image, width, height, threads));
    }
}
