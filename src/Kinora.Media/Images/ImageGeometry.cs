namespace Kinora.Media.Images;

/// <summary>
/// How stored pixels become the wanted ones: a window of the source, its scaled size, a window of that. All in stored orientation.
/// The source is cut before it is scaled, so that no intermediate picture is much larger than the result, whatever the aspect ratio.
/// </summary>
internal readonly record struct ImageGeometry(PixelWindow Source, int ScaledWidth, int ScaledHeight, PixelWindow Result)
{
    /// <summary>The largest centred part of the source that fills <paramref name="width"/> x <paramref name="height"/>.</summary>
    public static ImageGeometry Cover(int sourceWidth, int sourceHeight, int width, int height)
    {
        var scale = Math.Max((double)width / sourceWidth, (double)height / sourceHeight);
        var (x, sourceCut, scaledWidth, resultX) = CoverAxis(sourceWidth, width, scale);
        var (y, sourceCutHeight, scaledHeight, resultY) = CoverAxis(sourceHeight, height, scale);
        return new(new(x, y, sourceCut, sourceCutHeight), scaledWidth, scaledHeight, new(resultX, resultY, width, height));
    }

    /// <summary>The whole source, made smaller if it has more than <paramref name="maxPixels"/> pixels, never larger.</summary>
    public static ImageGeometry Inside(int sourceWidth, int sourceHeight, int maxPixels)
    {
        var scale = Math.Min(1, Math.Sqrt(maxPixels / ((double)sourceWidth * sourceHeight)));
        var width = Math.Clamp((int)(sourceWidth * scale), 1, maxPixels);
        var height = Math.Clamp((int)(sourceHeight * scale), 1, maxPixels / width);
        return new(new(0, 0, sourceWidth, sourceHeight), width, height, new(0, 0, width, height));
    }

    /// <summary>One axis: the window starts at a multiple of four, where every chroma subsampling has a sample of its own.</summary>
    private static (int Start, int Length, int Scaled, int ResultStart) CoverAxis(int source, int target, double scale)
    {
        const int grid = 4;
        var margin = (source - (target / scale)) / 2;
        var start = Math.Max(0, (int)(margin / grid) * grid);
        var end = Math.Min(source, (int)Math.Ceiling((source - margin) / grid) * grid);
        var scaled = Math.Max(target, (int)Math.Round((end - start) * scale));
        var resultStart = Math.Clamp((int)Math.Round((margin - start) * scale), 0, scaled - target);
        return (start, end - start, scaled, resultStart);
    }
}
