using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// How far a mask can be trusted: the weakest fifth of its contour against the edges inside it and in the whole picture,
/// sqrt(p20 / inside * p20 / everywhere). A mask that cuts through flat areas scores low wherever it is otherwise right.
/// </summary>
internal static class ContourSupport
{
    public static Subject Measure(Plane mask, Plane gradient)
    {
        int width = mask.Width, height = mask.Height;
        var contour = new List<float>();
        double inside = 0, everywhere = 0, area = 0;
        int insideCount = 0, border = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                everywhere += gradient[x, y];
                if (mask[x, y] < 0.5f)
                    continue;
                area++;
                if (x == 0 || y == 0 || x == width - 1)
                    border++;
                if (!IsContour(mask, x, y))
                {
                    inside += gradient[x, y];
                    insideCount++;
                }
                else if (y < height * 0.93)
                    contour.Add(StrongestNear(gradient, x, y));
            }
        }
        var count = (double)mask.Length;
        if (contour.Count == 0 || insideCount == 0)
            return new Subject(mask, 0, area / count, 1);
        contour.Sort();
        var weakest = contour[contour.Count / 5];
        var support = Math.Sqrt(weakest / Math.Max(1e-4, inside / insideCount) * (weakest / Math.Max(1e-4, everywhere / count)));
        return new Subject(mask, support, area / count, border / (2.0 * (width + height)));
    }

    private static bool IsContour(Plane mask, int x, int y) =>
        x > 0 && y > 0 && x < mask.Width - 1 && y < mask.Height - 1
        && (mask[x - 1, y] < 0.5f || mask[x + 1, y] < 0.5f || mask[x, y - 1] < 0.5f || mask[x, y + 1] < 0.5f);

    private static float StrongestNear(Plane gradient, int x, int y)
    {
        float strongest = 0;
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
                strongest = Math.Max(strongest, gradient[Math.Clamp(x + dx, 0, gradient.Width - 1), Math.Clamp(y + dy, 0, gradient.Height - 1)]);
        }
        return strongest;
    }
}
