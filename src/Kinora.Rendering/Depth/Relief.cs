using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// Nearness as a tilted plane (inverse depth linear in height keeps straight lines straight) plus soft relief from focus and haze.
/// The slope is limited everywhere, so that no camera in use can fold or tear it.
/// </summary>
internal static class Relief
{
    private const int ReferenceWidth = 384;

    public static Plane Estimate(WorkPicture picture, Sky sky, Focus focus)
    {
        var haze = sky.IsThere ? Haze.Clarity(picture) : null;
        var rough = new Plane(picture.Width, picture.Height);
        for (var y = 0; y < rough.Height; y++)
        {
            var ground = GroundNearness((y + 0.5f) / rough.Height, sky);
            for (var x = 0; x < rough.Width; x++)
            {
                var bump = 0.35f * focus.Shallowness * (focus.Sharpness[x, y] - 0.5f);
                if (haze is not null)
                    bump += 0.10f * (haze[x, y] - 0.6f);
                rough[x, y] = Math.Clamp(ground + bump, 0, 1);
            }
        }
        var along = new GuidedFilter(picture.Channels, 20, 1e-2f).Apply(rough);
        return LimitSlope(BoxFilter.Blur(along, 5));
    }

    /// <summary>The plane: far at the top, near at the bottom, with a partial knee at the horizon.</summary>
    public static float GroundNearness(float height, Sky sky)
    {
        var (top, bottom) = sky.IsThere ? (0.02f, 0.62f) : (0.12f, 0.55f);
        var linear = top + (bottom - top) * height;
        var knee = sky.IsThere ? Math.Max(0, height - sky.Horizon) / (1 - sky.Horizon) * bottom + 0.03f : linear;
        // A full knee would bend every tower that crosses the horizon.
        return 0.55f * linear + 0.45f * knee;
    }

    /// <summary>Smooths until no step between neighbours is steeper than a hundredth (at 384 pixels of width).</summary>
    public static Plane LimitSlope(Plane nearness, float limit = 0.012f)
    {
        limit *= (float)ReferenceWidth / Math.Max(nearness.Width, nearness.Height);
        var result = BoxFilter.Blur(nearness, 4);
        for (var round = 0; round < 6 && Steepest(result) > limit; round++)
            result = BoxFilter.Blur(result, 3 + round);
        for (var i = 0; i < result.Length; i++)
            result.Values[i] = Math.Clamp(result.Values[i], 0, 1);
        return result;
    }

    private static float Steepest(Plane plane)
    {
        float steepest = 0;
        for (var y = 1; y < plane.Height; y++)
        {
            for (var x = 1; x < plane.Width; x++)
            {
                var here = plane[x, y];
                steepest = Math.Max(steepest, Math.Max(Math.Abs(here - plane[x - 1, y]), Math.Abs(here - plane[x, y - 1])));
            }
        }
        return steepest;
    }
}
