using System.Globalization;
using Kinora.Media;
using Kinora.Rendering.Depth.Faces;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>Everything that was found out about a picture by looking at it once.</summary>
internal sealed record PictureReading
{
    public required WorkPicture Picture { get; init; }

    public required Sky Sky { get; init; }

    public required Focus Focus { get; init; }

    public required Plane Saliency { get; init; }

    public required Subject Subject { get; init; }

    /// <summary>Faces that look at the camera, the largest first.</summary>
    public IReadOnlyList<Face> Faces { get; init; } = [];

    /// <summary>0 far to 1 near, smooth enough that no camera in use tears it.</summary>
    public required Plane Nearness { get; init; }

    /// <summary>Where the eye goes: the largest face, or else the centre of what stands out, in picture widths right of and below the middle.</summary>
    public double FocusU { get; init; }

    public double FocusV { get; init; }

    /// <summary>Height over width.</summary>
    public double Aspect => (double)Picture.Height / Picture.Width;

    /// <param name="image">RGB.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    /// <param name="mayHaveSky">False for the picture of a thing before some background: a bright wall is not the sky then.</param>
    public static PictureReading Of(Image image, int threads, bool mayHaveSky = true)
    {
        var picture = WorkPicture.Of(image, threads);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Sky? sky = null;
        Focus? focus = null;
        Plane? saliency = null;
        List<Face>? faces = null;
        GuidedFilter fine = new(picture.Channels, 6, 1e-3f);
        Parallel.Invoke(
            options,
            () => saliency = Depth.Saliency.Find(picture, fine),
            () => sky = mayHaveSky ? Depth.Sky.Find(picture, fine) : Depth.Sky.None(picture),
            () => focus = Depth.Focus.Measure(picture.Lightness, new GuidedFilter(picture.Channels, 12, 1e-3f), picture.Width, picture.Height),
            () => faces = FaceFinder.Find(picture.Lightness));
        Subject? subject = null;
        Plane? nearness = null;
        Parallel.Invoke(
            options,
            () => subject = SubjectFinder.Find(picture, saliency!, sky!, focus!, faces!),
            () => nearness = Relief.Estimate(picture, sky!, focus!));
        var (u, v) = faces is [var face, ..] ? (face.U - 0.5, face.V - 0.5) : Centre(subject!.IsTrusted ? subject.Mask : InFocus(saliency!, focus!));
        return new PictureReading
        {
            Picture = picture,
            Sky = sky!,
            Focus = focus!,
            Saliency = saliency!,
            Subject = subject!,
            Faces = faces!,
            Nearness = nearness!,
            FocusU = u,
            FocusV = v * picture.Height / picture.Width,
        };
    }

    /// <summary>One line for the plan.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"picture: sky {Sky.Fraction * 100:0}%, horizon {Sky.Horizon * 100:0}%, shallow focus {Focus.Shallowness * 100:0}%, {(Faces.Count > 0 ? "face" : "subject")} at {FocusU:+0.00;-0.00},{FocusV:+0.00;-0.00}, {(Subject.IsTrusted ? "lifted off" : "left in the relief")} (contour support {Subject.Support:0.0}, {Subject.Area * 100:0}% of the picture)");

    // The photographer has said what it is about: what is sharp where the rest is not.
    private static Plane InFocus(Plane saliency, Focus focus)
    {
        var result = new Plane(saliency.Width, saliency.Height);
        for (var i = 0; i < result.Length; i++)
            result.Values[i] = saliency.Values[i] * (1 + (focus.Sharpness.Values[i] * focus.Sharpness.Values[i] - 1) * focus.Shallowness);
        return result;
    }

    private static (double U, double V) Centre(Plane saliency)
    {
        double sum = 1e-9, u = 0, v = 0;
        for (var y = 0; y < saliency.Height; y++)
        {
            for (var x = 0; x < saliency.Width; x++)
            {
                double weight = saliency[x, y] * saliency[x, y];
                sum += weight;
                u += weight * ((x + 0.5) / saliency.Width - 0.5);
                v += weight * ((y + 0.5) / saliency.Height - 0.5);
            }
        }
        return (u / sum, v / sum);
    }
}
