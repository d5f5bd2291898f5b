using Kinora.Rendering.Depth.Faces;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// Cuts the subject out: what stands out seeds two colour models, and five rounds of "which pixels fit which model, smoothed along edges" grow it to its
/// contour. The idea is that of C. Rother et al., "GrabCut", SIGGRAPH 2004, with a guided filter in place of the graph cut.
/// </summary>
internal static class SubjectFinder
{
    private const int Rounds = 5;

    public static Subject Find(WorkPicture picture, Plane saliency, Sky sky, Focus focus, IReadOnlyList<Face> faces)
    {
        var guess = Seed(picture, saliency, sky, focus);
        foreach (var face in faces)
            AddHead(guess, face);
        var colours = new ColourModel(picture);
        var smoother = new GuidedFilter(picture.Channels, 5, 5e-4f);
        var prior = BoxFilter.Blur(guess, picture.Width / 24);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var face in faces)
                AllowHair(prior, face);
            var likely = Decide(colours.Odds(guess), prior, sky.Mask);
            foreach (var face in faces)
                AddHead(likely, face);
            guess = smoother.Apply(likely).Map(value => Math.Clamp((value - 0.5f) * 1.6f + 0.5f, 0, 1));
            var spread = BoxFilter.Blur(guess, picture.Width / 40);
            for (var i = 0; i < prior.Length; i++)
                prior.Values[i] = (prior.Values[i] + spread.Values[i]) / 2;
        }
        var mask = SubjectShape.Close(SubjectShape.MainParts(guess, saliency, faces), sky);
        var subject = ContourSupport.Measure(mask, picture.Gradient) with { IsScenery = sky.IsThere && IsFarAndWide(mask) };
        return subject.IsTrusted ? subject with { IsHeadless = HeadCheck.FindsHeadOutside(mask, picture, faces) } : subject;
    }

    // Under the sky, what is half as wide as the picture and yet does not come near its lower edge is far away and huge: it has no parallax to show, and its
    // outline breaks off somewhere along the horizon.
    private static bool IsFarAndWide(Plane mask)
    {
        var box = PixelBox.Of(mask, 0.5f);
        return box.Right - box.Left > 0.5 * mask.Width && box.Bottom < 0.8 * mask.Height;
    }

    // The face and the hair at its edge are certain.
    private static void AddHead(Plane guess, Face face) => AddOval(guess, face, up: 0.16, halfWidth: 0.6, halfHeight: 0.78, most: 1);

    // Hair may reach farther, if its colour says so.
    private static void AllowHair(Plane prior, Face face) => AddOval(prior, face, up: 0.28, halfWidth: 0.9, halfHeight: 1.1, most: 0.8f);

    // Lengths in widths of the face.
    private static void AddOval(Plane plane, Face face, double up, double halfWidth, double halfHeight, float most)
    {
        double width = face.Width * plane.Width, x0 = face.U * plane.Width, y0 = face.V * plane.Height - up * width;
        for (var y = 0; y < plane.Height; y++)
        {
            for (var x = 0; x < plane.Width; x++)
            {
                double across = (x - x0) / (halfWidth * width), down = (y - y0) / (halfHeight * width);
                plane[x, y] = Math.Max(plane[x, y], most * (float)Smooth.Step(1.2, 0.9, across * across + down * down));
            }
        }
    }

    private static Plane Seed(WorkPicture picture, Plane saliency, Sky sky, Focus focus)
    {
        var likely = new Plane(picture.Width, picture.Height);
        for (var i = 0; i < likely.Length; i++)
        {
            var salient = saliency.Values[i];
            var inFocus = focus.Sharpness.Values[i] * MathF.Sqrt(Math.Max(0, salient));
            likely.Values[i] = (salient + (inFocus - salient) * 0.5f * focus.Shallowness) * (1 - sky.Mask.Values[i]);
        }
        var threshold = Math.Max(0.25f, Otsu(likely));
        return likely.Map(value => Smooth.Step(threshold - 0.15f, threshold + 0.15f, value));
    }

    /// <summary>Bayes: odds of the colour times odds of the place.</summary>
    public static Plane Decide(float[] odds, Plane prior, Plane? excluded)
    {
        var result = Plane.Uninitialized(prior.Width, prior.Height);
        float[] places = prior.Values, decided = result.Values;
        for (var i = 0; i < decided.Length; i++)
        {
            var place = Math.Clamp(places[i], 0.02f, 0.98f);
            var both = odds[i] * place;
            decided[i] = both / (both + 1 - place);
        }
        for (var i = 0; excluded is not null && i < decided.Length; i++)
            decided[i] *= 1 - excluded.Values[i];
        return result;
    }

    /// <summary>The threshold that separates two groups best (N. Otsu, 1979).</summary>
    private static float Otsu(Plane plane)
    {
        var histogram = new double[64];
        foreach (var value in plane.Values)
            histogram[(int)Math.Clamp(value * 63, 0, 63)]++;
        double total = plane.Length, sum = 0, below = 0, sumBelow = 0, best = 0;
        for (var k = 0; k < 64; k++)
            sum += k * histogram[k];
        var threshold = 32;
        for (var k = 0; k < 64; k++)
        {
            below += histogram[k];
            sumBelow += k * histogram[k];
            if (below == 0 || below == total)
                continue;
            var difference = sumBelow / below - (sum - sumBelow) / (total - below);
            var between = below * (total - below) * difference * difference;
            if (between > best)
                (best, threshold) = (between, k);
        }
        return threshold / 63f;
    }
}
