using System.Numerics;
using System.Runtime.Intrinsics;
using Plane = Kinora.Rendering.Planes.Plane;
using Resampling = Kinora.Rendering.Planes.Resampling;

namespace Kinora.Rendering.Depth.Faces;

/// <summary>
/// Finds faces that look at the camera, for framing: heads are not cut off, and a push in goes to the face. Profiles, masks and faces narrower than
/// about a tenth of the picture's long side are not found.
/// </summary>
internal static class FaceFinder
{
    /// <summary>The window is 45 pixels, a ninth of this: narrower faces are not looked for.</summary>
    private const int LongSide = 400;

    private const double Ratio = 1.12;

    /// <summary>One window alone is chance: measured on the photographs of the project, false alarms have up to three.</summary>
    private const int LeastVotes = 5;

    /// <summary>The faces in a picture, the largest first.</summary>
    /// <param name="lightness">0 to 1, any size.</param>
    public static List<Face> Find(Plane lightness)
    {
        var hits = new List<(double U, double V, double Width)>();
        double scale = (double)LongSide / Math.Max(lightness.Width, lightness.Height), aspect = (double)lightness.Height / lightness.Width;
        while (true)
        {
            int width = (int)Math.Round(lightness.Width * scale), height = (int)Math.Round(lightness.Height * scale);
            if (Math.Min(width, height) < FaceCascade.Side)
                break;
            Scan(Resampling.Resize(lightness, width, height), hits);
            scale /= Ratio;
        }
        return Group(hits, aspect);
    }

    private static void Scan(Plane picture, List<(double U, double V, double Width)> hits)
    {
        var sums = new IntegralImage(picture);
        var cascade = FaceCascade.Frontal;
        var corners = cascade.Corners(sums);
        for (var y = 0; y <= picture.Height - FaceCascade.Side; y += IntegralImage.Step)
        {
            for (var x = 0; x <= picture.Width - FaceCascade.Side; x += IntegralImage.Step * Vector256<int>.Count)
            {
                for (var found = cascade.Accepts(sums, corners, sums.Offset(x, y)); found != 0; found &= found - 1)
                {
                    var left = x + IntegralImage.Step * BitOperations.TrailingZeroCount(found);
                    if (left <= picture.Width - FaceCascade.Side)
                        hits.Add(((left + FaceCascade.Side / 2.0) / picture.Width, (y + FaceCascade.Side / 2.0) / picture.Height, (double)FaceCascade.Side / picture.Width));
                }
            }
        }
    }

    // Windows whose middles lie within a third of a width of each other, and whose sizes are alike, are one face.
    private static List<Face> Group(List<(double U, double V, double Width)> hits, double aspect)
    {
        var groups = new List<List<(double U, double V, double Width)>>();
        foreach (var hit in hits)
        {
            var group = groups.Find(members => members.Exists(other =>
                Math.Abs(other.U - hit.U) < other.Width / 3 && Math.Abs(other.V - hit.V) * aspect < other.Width / 3 && hit.Width / other.Width is > 0.7 and < 1.43));
            if (group is null)
                groups.Add([hit]);
            else
                group.Add(hit);
        }
        return
        [
            .. groups.Where(group => group.Count >= LeastVotes)
                .Select(group => new Face(group.Average(hit => hit.U), group.Average(hit => hit.V), group.Average(hit => hit.Width), group.Count))
                .OrderByDescending(face => face.Width),
        ];
    }
}
