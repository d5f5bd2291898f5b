using Kinora.Media;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Transition;

/// <summary>The motion between the start and the end image, both ways, and how far it can be believed.</summary>
/// <param name="Forward">From the start image to the end image.</param>
/// <param name="Backward">From the end image to the start image.</param>
/// <param name="ForwardTrust">How consistent each pixel of the start image is, 0 to 1.</param>
/// <param name="BackwardTrust">The same for the end image.</param>
internal sealed record FlowPair(DenseFlow Forward, DenseFlow Backward, Plane ForwardTrust, Plane BackwardTrust)
{
    /// <summary>Measured: pictures of one scene agree in 60 to 92 percent of their pixels, unrelated ones in 2 to 4.</summary>
    public const double RelatedFrom = 0.45;

    private const int LongSide = 448;

    /// <summary>The share of pixels that agree.</summary>
    public double Agreement => (PlaneStatistics.Mean(ForwardTrust) + PlaneStatistics.Mean(BackwardTrust)) / 2;

    public bool IsRelated => Agreement >= RelatedFrom;

    /// <summary>Where fewer pixels agree, those that follow one turn, scale and shift must be at least this share of the picture.</summary>
    private const double AlignedFrom = 0.12, MostlyOneMotion = 0.6;

    /// <summary>Whether the motion is one similarity for the whole picture, fitted to what agrees: the rest could not be followed.</summary>
    public bool IsAligned { get; private init; }

    /// <summary>The same pair with its motion replaced by the similarity that fits it best, if there is one.</summary>
    private FlowPair Align()
    {
        var (fit, share, ofTrusted) = Similarity.Of(Forward, ForwardTrust);
        // Where most of what agrees follows one motion anyway, that motion is better than the flow's guesses in between.
        if (share < AlignedFrom || (IsRelated && ofTrusted < MostlyOneMotion) || fit.A is < 0.4 or > 2.5 || Math.Abs(fit.B) > 0.5)
            return this;
        int width = Forward.U.Width, height = Forward.U.Height;
        return this with { Forward = fit.ToFlow(width, height), Backward = fit.Inverse().ToFlow(width, height), IsAligned = true };
    }

    /// <summary>Measures it; null if the pictures are too small for it.</summary>
    public static FlowPair? Measure(Image start, Image end, int threads)
    {
        if (Math.Min(start.Width, start.Height) < 2 * FlowLevel.Smallest)
            return null;
        List<FlowLevel>? from = null, to = null;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.Invoke(options, () => from = Levels(start), () => to = Levels(end));
        DenseFlow? forward = null, backward = null;
        Parallel.Invoke(options, () => forward = DenseFlow.Between(from!, to!), () => backward = DenseFlow.Between(to!, from!));
        var pair = new FlowPair(forward!, backward!, forward!.Consistency(backward!), backward!.Consistency(forward));
        return pair.Align();
    }

    private static List<FlowLevel> Levels(Image image)
    {
        var scale = Math.Min(1, (double)LongSide / Math.Max(image.Width, image.Height));
        int width = (int)Math.Round(image.Width * scale), height = (int)Math.Round(image.Height * scale);
        var rgb = new Plane[3];
        for (var c = 0; c < 3; c++)
        {
            var plane = new Plane(image.Width, image.Height);
            for (int i = 0, at = c; i < plane.Length; i++, at += image.Channels)
                plane.Values[i] = image.Pixels[at] * (1f / 255);
            rgb[c] = Resampling.Resize(plane, width, height);
        }
        var light = new Plane(width, height);
        for (var i = 0; i < light.Length; i++)
            light.Values[i] = 0.3f * rgb[0].Values[i] + 0.59f * rgb[1].Values[i] + 0.11f * rgb[2].Values[i];
        return FlowLevel.Pyramid(light, rgb);
    }
}
