using System.Globalization;
using System.Xml.Linq;

namespace Kinora.Rendering.Depth.Faces;

/// <summary>
/// A boosted cascade over local binary patterns: most windows are refused by the first few patterns. L. Zhang et al., "Face Detection Based on
/// Multi-Block LBP Representation", ICB 2007; the trained numbers are those of S. Puttemans et al., VISAPP 2017 (the notice is in the file).
/// </summary>
internal sealed class FaceCascade
{
    /// <summary>Side of the window in pixels.</summary>
    public const int Side = 45;

    private const string Resource = "Kinora.Rendering.Depth.Faces.lbpcascade_frontalface_improved.xml";
    private static readonly Lazy<FaceCascade> Loaded = new(Load);

    private readonly Stage[] _stages;
    private readonly int[] _features;

    private FaceCascade(Stage[] stages, int[] features) => (_stages, _features) = (stages, features);

    public static FaceCascade Frontal => Loaded.Value;

    /// <summary>Whether the window at a place of an integral image holds a face.</summary>
    /// <param name="sums">Sums over everything above and left, <c>[H + 1, stride]</c>.</param>
    /// <param name="stride">Numbers per row.</param>
    /// <param name="corner">Index of the window's upper left corner.</param>
    public bool Accepts(int[] sums, int stride, int corner)
    {
        foreach (var stage in _stages)
        {
            float votes = 0;
            foreach (var weak in stage.Weak)
            {
                var pattern = Pattern(sums, stride, corner, weak.Feature);
                votes += (weak.Subset[pattern >> 5] >> (pattern & 31) & 1) != 0 ? weak.Inside : weak.Outside;
            }
            if (votes < stage.Threshold)
                return false;
        }
        return true;
    }

    // Which of the eight cells around the middle one are at least as bright as it: clockwise from the upper left, that one highest.
    private int Pattern(int[] sums, int stride, int corner, int feature)
    {
        var rectangle = _features.AsSpan(4 * feature, 4);
        int across = rectangle[2], down = rectangle[3] * stride, at = corner + rectangle[1] * stride + rectangle[0];
        int Cell(int column, int row)
        {
            var start = at + column * across + row * down;
            return sums[start] + sums[start + down + across] - sums[start + across] - sums[start + down];
        }
        var middle = Cell(1, 1);
        return (Cell(0, 0) >= middle ? 128 : 0) | (Cell(1, 0) >= middle ? 64 : 0) | (Cell(2, 0) >= middle ? 32 : 0) | (Cell(2, 1) >= middle ? 16 : 0)
            | (Cell(2, 2) >= middle ? 8 : 0) | (Cell(1, 2) >= middle ? 4 : 0) | (Cell(0, 2) >= middle ? 2 : 0) | (Cell(0, 1) >= middle ? 1 : 0);
    }

    private static FaceCascade Load()
    {
        using var file = typeof(FaceCascade).Assembly.GetManifestResourceStream(Resource)!;
        var cascade = XDocument.Load(file).Root!.Element("cascade")!;
        var features = cascade.Element("features")!.Elements().SelectMany(feature => Numbers(feature.Element("rect")!)).Select(number => (int)number).ToArray();
        return new FaceCascade([.. cascade.Element("stages")!.Elements().Select(StageOf)], features);
    }

    private static Stage StageOf(XElement stage) =>
        new((float)Numbers(stage.Element("stageThreshold")!)[0], [.. stage.Element("weakClassifiers")!.Elements().Select(WeakOf)]);

    private static Weak WeakOf(XElement weak)
    {
        var nodes = Numbers(weak.Element("internalNodes")!);
        var leaves = Numbers(weak.Element("leafValues")!);
        return new Weak((int)nodes[2], [.. nodes.Skip(3).Select(number => (uint)(int)number)], (float)leaves[0], (float)leaves[1]);
    }

    private static double[] Numbers(XElement element) =>
        [.. element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    private sealed record Stage(float Threshold, Weak[] Weak);

    private sealed record Weak(int Feature, uint[] Subset, float Inside, float Outside);
}
