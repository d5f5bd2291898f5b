using Kinora.Rendering.Depth;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Look;

/// <summary>The picture out of focus, in code values at the work picture's size, and how much of it shows where.</summary>
internal sealed class SoftPicture
{
    /// <param name="picture">The picture.</param>
    /// <param name="included">1 where its colours count, or null for everywhere; what is left out is filled from around it.</param>
    /// <param name="radius">Of the blur, in work pixels.</param>
    /// <param name="weight">How much of it shows, 0 to 1.</param>
    public SoftPicture(WorkPicture picture, Plane? included, int radius, Plane weight)
    {
        Plane luma = new(picture.Width, picture.Height), blue = new(picture.Width, picture.Height), red = new(picture.Width, picture.Height);
        for (var i = 0; i < luma.Length; i++)
        {
            // ITU-R BT.709-6, section 3.
            luma.Values[i] = 16 + 219 * picture.Lightness.Values[i];
            blue.Values[i] = 128 + 224 * (picture.Rgb[2].Values[i] - picture.Lightness.Values[i]) / 1.8556f;
            red.Values[i] = 128 + 224 * (picture.Rgb[0].Values[i] - picture.Lightness.Values[i]) / 1.5748f;
        }
        var certain = included?.Map(value => value > 0.9f ? 1 : 0);
        (Luma, Blue, Red) = (Soften(luma, certain, radius), Soften(blue, certain, radius), Soften(red, certain, radius));
        Weight = Make(weight.Map(value => 255 * value));
    }

    public Texture Luma { get; }

    public Texture Blue { get; }

    public Texture Red { get; }

    /// <summary>0 to 255.</summary>
    public Texture Weight { get; }

    private static Texture Soften(Plane plane, Plane? certain, int radius) => Make(BoxFilter.Blur(certain is null ? plane : PushPull.Fill(plane, certain), radius));

    private static Texture Make(Plane plane)
    {
        var texture = new Texture(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
            texture.SetRow(y, plane.Row(y));
        texture.ExtendEdges();
        return texture;
    }
}
