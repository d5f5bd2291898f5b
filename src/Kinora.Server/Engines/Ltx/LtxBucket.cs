using Kinora.Media;

namespace Kinora.Server.Engines.Ltx;

/// <summary>A frame size that the model can make.</summary>
/// <param name="Width">Pixels per row, a multiple of 32.</param>
/// <param name="Height">Rows, a multiple of 32.</param>
internal readonly record struct LtxBucket(int Width, int Height)
{
    private const int Multiple = 32, LeastSide = 64, MostSide = 4096;

    /// <summary>The widest shape that the model has been trained on.</summary>
    private const double WidestAspect = 21 / 9.0;

    /// <summary>
    /// The size nearest to a shape and a number of pixels: least |ln((W/H) / aspect)| + ½ |ln(W·H / area)|, so that a wrong shape weighs more than a wrong area.
    /// </summary>
    /// <param name="shape">Whose shape.</param>
    /// <param name="area">Pixels.</param>
    public static LtxBucket Nearest(FrameSize shape, double area)
    {
        var aspect = Math.Clamp((double)shape.Width / shape.Height, 1 / WidestAspect, WidestAspect);
        var (best, least) = (new LtxBucket(LeastSide, LeastSide), double.MaxValue);
        for (var width = LeastSide; width <= MostSide; width += Multiple)
        {
            var middle = (int)(width / aspect) / Multiple * Multiple;
            for (var height = Math.Max(LeastSide, middle - Multiple); height <= Math.Min(MostSide, middle + (2 * Multiple)); height += Multiple)
            {
                var distance = Math.Abs(Math.Log((double)width / height / aspect)) + (0.5 * Math.Abs(Math.Log(width * (double)height / area)));
                if (distance < least)
                    (best, least) = (new LtxBucket(width, height), distance);
            }
        }

        return best;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Width}x{Height}";
}
