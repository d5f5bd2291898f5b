using Kinora.Rendering.Depth.Faces;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// A person cut out without the head is worse than one not cut out at all: looks for a compact patch of the colour of skin just above
/// or beside the upper part of a mask, and not in it.
/// </summary>
internal static class HeadCheck
{
    private const double LeastArea = 0.003, MostArea = 0.06;

    // A patch of skin ends where the skin ends; brown earth and bark go on.
    private const double LeastOutline = 1.3;

    public static bool FindsHeadOutside(Plane mask, WorkPicture picture, IReadOnlyList<Face> faces)
    {
        if (BoxOf(mask) is not { } body)
            return false;
        if (faces.Any(face => mask.SampleAt((float)face.U, (float)face.V) < 0.5f))
            return true;
        var reach = mask.Height / 8;
        foreach (var patch in Components.Find(mask, i => IsSkin(picture, i) && mask.Values[i] < 0.5f))
        {
            if (patch.Count < LeastArea * mask.Length || patch.Count > MostArea * mask.Length)
                continue;
            int left = patch.Min(i => i % mask.Width), right = patch.Max(i => i % mask.Width), top = patch.Min(i => i / mask.Width), bottom = patch.Max(i => i / mask.Width);
            double width = right - left + 1, height = bottom - top + 1, middle = (left + right) / 2.0;
            var isCompact = patch.Count > 0.42 * width * height && height / width is > 0.7 and < 2.2;
            var isAbove = middle > body.Left && middle < body.Right && bottom > body.Top - reach && top < body.Top + (body.Bottom - body.Top) / 3;
            if (isCompact && isAbove && StandsOn(mask, left, right, bottom, reach) && Outline(patch, picture) > LeastOutline)
                return true;
        }
        return false;
    }

    // A head has shoulders under it.
    private static bool StandsOn(Plane mask, int left, int right, int bottom, int reach)
    {
        var columns = 0;
        for (var x = left; x <= right; x++)
        {
            for (var y = bottom; y < Math.Min(mask.Height, bottom + reach); y++)
            {
                if (mask[x, y] > 0.5f)
                {
                    columns++;
                    break;
                }
            }
        }
        return columns > 0.6 * (right - left + 1);
    }

    // Edges along the outline of a patch against those inside it.
    private static double Outline(List<int> patch, WorkPicture picture)
    {
        var inside = patch.ToHashSet();
        double outlineSum = 0, insideSum = 0;
        int outlineCount = 0, insideCount = 0;
        foreach (var at in patch)
        {
            var isOutline = !(inside.Contains(at - 1) && inside.Contains(at + 1) && inside.Contains(at - picture.Width) && inside.Contains(at + picture.Width));
            (outlineSum, outlineCount) = isOutline ? (outlineSum + picture.Gradient.Values[at], outlineCount + 1) : (outlineSum, outlineCount);
            (insideSum, insideCount) = isOutline ? (insideSum, insideCount) : (insideSum + picture.Gradient.Values[at], insideCount + 1);
        }
        return outlineSum / Math.Max(1, outlineCount) / Math.Max(1e-4, insideSum / Math.Max(1, insideCount));
    }

    private static bool IsSkin(WorkPicture picture, int at) =>
        picture.Lightness.Values[at] is > 0.3f and < 0.92f && picture.RedGreen.Values[at] is > 0.045f and < 0.36f && picture.YellowBlue.Values[at] is > 0.03f and < 0.3f;

    private static (int Left, int Top, int Right, int Bottom)? BoxOf(Plane mask)
    {
        int left = mask.Width, top = mask.Height, right = -1, bottom = -1;
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask.Values[i] < 0.5f)
                continue;
            int x = i % mask.Width, y = i / mask.Width;
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        }
        return right < 0 ? null : (left, top, right, bottom);
    }
}
