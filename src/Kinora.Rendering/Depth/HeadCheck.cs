using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// A person cut out without the head is worse than one not cut out at all: looks for a compact patch of the colour of skin just above
/// or beside the upper part of a mask, and not in it.
/// </summary>
internal static class HeadCheck
{
    private const double LeastArea = 0.003, MostArea = 0.09;

    public static bool FindsHeadOutside(Plane mask, WorkPicture picture)
    {
        if (BoxOf(mask) is not { } body)
            return false;
        var reach = mask.Height / 8;
        foreach (var patch in Components.Find(mask, i => IsSkin(picture, i) && mask.Values[i] < 0.5f))
        {
            if (patch.Count < LeastArea * mask.Length || patch.Count > MostArea * mask.Length)
                continue;
            int left = patch.Min(i => i % mask.Width), right = patch.Max(i => i % mask.Width), top = patch.Min(i => i / mask.Width), bottom = patch.Max(i => i / mask.Width);
            double width = right - left + 1, height = bottom - top + 1, middle = (left + right) / 2.0;
            var isCompact = patch.Count > 0.42 * width * height && height / width is > 0.7 and < 2.2;
            var isAbove = middle > body.Left && middle < body.Right && bottom > body.Top - reach && top < body.Top + (body.Bottom - body.Top) / 3;
            if (isCompact && isAbove)
                return true;
        }
        return false;
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
