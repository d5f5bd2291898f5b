using Kinora.Rendering.Depth;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Elements;

/// <summary>An element cut out of its image, in code values, twice as large as it will appear.</summary>
internal sealed class ElementSprite
{
    private const float Oversampling = 2;

    private ElementSprite(Texture luma, Texture blue, Texture red, Texture alpha) => (Luma, Blue, Red, Alpha) = (luma, blue, red, alpha);

    public Texture Luma { get; }

    public Texture Blue { get; }

    public Texture Red { get; }

    /// <summary>0 to 255.</summary>
    public Texture Alpha { get; }

    /// <summary>Width over height.</summary>
    public float Aspect => (float)Luma.Width / Luma.Height;

    /// <summary>Cuts an element out.</summary>
    /// <param name="cover">The picture and where the element is in it.</param>
    /// <param name="height">Its height on the screen in pixels.</param>
    /// <param name="scene">The picture it will stand in, whose light it takes on in part.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    public static ElementSprite Cut(ElementCover cover, double height, PictureReading scene, int threads)
    {
        var box = cover.Box;
        int tall = Math.Clamp((int)Math.Round(height * Oversampling), 8, 1600), wide = Math.Clamp((int)Math.Round((double)tall * (box.Right - box.Left) / (box.Bottom - box.Top)), 8, 3200);
        var alpha = Crop(cover.Alpha, box, wide, tall);
        var codes = CodePlanes.Convert(cover.Image, threads);
        var planes = new[] { codes.Y, codes.U, codes.V }.Select(values => Inside(new Plane(cover.Image.Width, cover.Image.Height, values), cover.Alpha, box, alpha)).ToArray();
        ElementLight.Between(planes, alpha, scene).Apply(planes);
        return Of(planes, alpha);
    }

    /// <summary>Of planes in code values and an alpha of 0 to 1, all of one size.</summary>
    public static ElementSprite Of(Plane[] planes, Plane alpha) => new(Make(planes[0]), Make(planes[1]), Make(planes[2]), Make(alpha.Map(value => value * 255)));

    // What is transparent has any colour: only covered pixels count, and their colours go on beyond the edge.
    private static Plane Inside(Plane plane, Plane cover, PixelBox box, Plane alpha)
    {
        var weighted = new Plane(plane.Width, plane.Height);
        for (var i = 0; i < plane.Length; i++)
            weighted.Values[i] = plane.Values[i] * cover.Values[i];
        var sums = Crop(weighted, box, alpha.Width, alpha.Height);
        for (var i = 0; i < sums.Length; i++)
            sums.Values[i] = alpha.Values[i] > 0.02f ? sums.Values[i] / alpha.Values[i] : 0;
        return PushPull.Fill(sums, alpha.Map(value => value > 0.05f ? 1 : 0));
    }

    /// <summary>A part of a plane at another size.</summary>
    public static Plane Crop(Plane plane, PixelBox box, int width, int height)
    {
        var part = new Plane(box.Right - box.Left, box.Bottom - box.Top);
        for (var y = 0; y < part.Height; y++)
            plane.Row(y + box.Top)[box.Left..box.Right].CopyTo(part.Row(y));
        return Resampling.Resize(part, width, height);
    }

    private static Texture Make(Plane plane)
    {
        var texture = new Texture(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
            texture.SetRow(y, plane.Row(y));
        texture.ExtendEdges();
        return texture;
    }
}
