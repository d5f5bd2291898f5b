using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
    private static readonly Lazy<FaceCascade> s_loaded = new(Load);

    private readonly Stage[] _stages;
    private readonly int[] _features;

    private FaceCascade(Stage[] stages, int[] features) => (_stages, _features) = (stages, features);

    public static FaceCascade Frontal => s_loaded.Value;

    /// <summary>Where each pattern's corners lie in an integral image; computed once per picture.</summary>
    public int[] Corners(IntegralImage sums)
    {
        var corners = new List<int>();
        foreach (var weak in _stages.SelectMany(stage => stage.Weak))
        {
            var rectangle = _features.AsSpan(4 * weak.Feature, 4);
            for (var corner = 0; corner < 16; corner++)
                corners.Add(sums.Offset(rectangle[0] + corner % 4 * rectangle[2], rectangle[1] + corner / 4 * rectangle[3]));
        }
        return [.. corners];
    }

    /// <summary>Which of eight windows, two pixels apart, hold a face: one bit each.</summary>
    /// <param name="sums">The picture.</param>
    /// <param name="corners">Its <see cref="Corners"/>.</param>
    /// <param name="at">Index of the first window's upper left corner.</param>
    public uint Accepts(IntegralImage sums, int[] corners, int at)
    {
        var alive = Vector256<int>.AllBitsSet;
        var next = 0;
        foreach (var stage in _stages)
        {
            var votes = Vector256<float>.Zero;
            foreach (var weak in stage.Weak)
            {
                var isInside = Contains(weak.Subset, Pattern(sums, corners.AsSpan(next, 16), at));
                votes += Vector256.ConditionalSelect(isInside.AsSingle(), Vector256.Create(weak.Inside), Vector256.Create(weak.Outside));
                next += 16;
            }
            alive &= Vector256.GreaterThanOrEqual(votes, Vector256.Create(stage.Threshold)).AsInt32();
            if (alive == Vector256<int>.Zero)
                return 0;
        }
        return alive.ExtractMostSignificantBits();
    }

    // Which of the eight cells around the middle one are at least as bright as it: clockwise from the upper left, that one highest.
    private static Vector256<int> Pattern(IntegralImage sums, ReadOnlySpan<int> corners, int at)
    {
        Vector256<int> a0 = sums[at + corners[0]], a1 = sums[at + corners[1]], a2 = sums[at + corners[2]], a3 = sums[at + corners[3]];
        Vector256<int> b0 = sums[at + corners[4]], b1 = sums[at + corners[5]], b2 = sums[at + corners[6]], b3 = sums[at + corners[7]];
        Vector256<int> c0 = sums[at + corners[8]], c1 = sums[at + corners[9]], c2 = sums[at + corners[10]], c3 = sums[at + corners[11]];
        Vector256<int> d0 = sums[at + corners[12]], d1 = sums[at + corners[13]], d2 = sums[at + corners[14]], d3 = sums[at + corners[15]];
        var middle = b1 + c2 - b2 - c1;
        return Bit(a0 + b1 - a1 - b0, middle, 128) | Bit(a1 + b2 - a2 - b1, middle, 64) | Bit(a2 + b3 - a3 - b2, middle, 32) | Bit(b2 + c3 - b3 - c2, middle, 16)
            | Bit(c2 + d3 - c3 - d2, middle, 8) | Bit(c1 + d2 - c2 - d1, middle, 4) | Bit(c0 + d1 - c1 - d0, middle, 2) | Bit(b0 + c1 - b1 - c0, middle, 1);
    }

    private static Vector256<int> Bit(Vector256<int> cell, Vector256<int> middle, int bit) =>
        Vector256.GreaterThanOrEqual(cell, middle) & Vector256.Create(bit);

    // All ones where the pattern's bit is set.
    private static Vector256<int> Contains(uint[] subset, Vector256<int> pattern)
    {
        if (Avx2.IsSupported)
        {
            var words = Vector256.Shuffle(Vector256.Create(subset), (pattern >>> 5).AsUInt32());
            return Avx2.ShiftLeftLogicalVariable(words, (Vector256.Create(31) - (pattern & Vector256.Create(31))).AsUInt32()).AsInt32() >> 31;
        }
        Span<int> lanes = stackalloc int[8];
        for (var lane = 0; lane < 8; lane++)
            lanes[lane] = -(int)(subset[pattern[lane] >> 5] >> (pattern[lane] & 31) & 1);
        return Vector256.Create((ReadOnlySpan<int>)lanes);
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
