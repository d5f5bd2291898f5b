using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Elements;

/// <summary>Holds the mask of something that moves over time: what it has in the two frames before and the two after, it has in between too.</summary>
internal static class FootageHold
{
    private const int Reach = 2;

    /// <summary>The mask of a frame with what its neighbours agree on, each moved so that its centre comes to this one's.</summary>
    public static Plane At(IReadOnlyList<Plane> masks, int index)
    {
        var own = masks[index];
        if (index < Reach || index >= masks.Count - Reach)
            return own;
        var (x0, y0) = Centre(own);
        List<(Plane Mask, int X, int Y)> neighbours = [];
        for (var step = -Reach; step <= Reach; step++)
        {
            var (x, y) = Centre(masks[index + step]);
            if (step != 0)
                neighbours.Add((masks[index + step], (int)Math.Round(x - x0), (int)Math.Round(y - y0)));
        }
        var result = new Plane(own.Width, own.Height);
        for (var y = 0; y < own.Height; y++)
        {
            for (var x = 0; x < own.Width; x++)
                result[x, y] = own[x, y] > 0.5f || neighbours.TrueForAll(neighbour => Has(neighbour.Mask, x + neighbour.X, y + neighbour.Y)) ? 1 : 0;
        }
        return result;
    }

    private static bool Has(Plane mask, int x, int y) => x >= 0 && y >= 0 && x < mask.Width && y < mask.Height && mask[x, y] > 0.5f;

    private static (double X, double Y) Centre(Plane mask)
    {
        double sum = 1e-9, sumX = 0, sumY = 0;
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
                (sum, sumX, sumY) = (sum + mask[x, y], sumX + mask[x, y] * x, sumY + mask[x, y] * y);
        }
        return (sumX / sum, sumY / sum);
    }
}
