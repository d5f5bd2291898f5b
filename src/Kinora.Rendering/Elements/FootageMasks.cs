using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Elements;

/// <summary>
/// Follows an element through a video. Before a plain wall it is what stands out of the wall, whatever its colours, in each frame for itself and held over time.
/// Elsewhere it is cut out of one frame like the subject of any picture; the colours learned there, and the place it had in the frame before, cut it out of all
/// others. Where it gets lost, the last mask stays.
/// </summary>
internal static class FootageMasks
{
    private const int LongSide = 224;

    /// <summary>A contour is looked for in these parts of the video, in this order.</summary>
    private static readonly double[] s_keyMoments = [0, 0.3, 0.6, 0.95];

    /// <summary>One mask for every frame, 0 to 1, at a small size; null if no frame gives a contour that can be trusted.</summary>
    public static Plane[]? Find(IReadOnlyList<VideoFrame> frames, int threads)
    {
        var pictures = new WorkPicture[frames.Count];
        Parallel.For(0, frames.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => pictures[i] = WorkPicture.Of(Yuv420.ToImage(frames[i]), 1, LongSide));
        if (BeforeWall(pictures, threads) is { } found)
            return found;
        foreach (var moment in s_keyMoments)
        {
            var key = (int)(moment * (frames.Count - 1));
            var subject = PictureReading.Of(Yuv420.ToImage(frames[key]), threads, mayHaveSky: false).Subject;
            if (subject.IsTrusted)
                return Follow(pictures, key, subject.Mask, threads);
        }
        return null;
    }

    // Null unless nearly all frames show a thing of about one size before a plain wall.
    private static Plane[]? BeforeWall(WorkPicture[] pictures, int threads)
    {
        if (PlainGround.FindThing(pictures[0]) is null && PlainGround.FindThing(pictures[pictures.Length / 2]) is null)
            return null;
        var things = new Plane?[pictures.Length];
        Parallel.For(0, pictures.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => things[i] = PlainGround.FindThing(pictures[i]));
        var areas = things.OfType<Plane>().Select(PlaneStatistics.Mean).Order().ToList();
        var usual = areas.Count == 0 ? 0 : areas[areas.Count / 2];
        for (var i = 0; i < things.Length; i++)
        {
            if (things[i] is { } thing && PlaneStatistics.Mean(thing) / usual is < 0.75f or > 1.35f)
                things[i] = null;
        }
        if (things.Count(thing => thing is not null) < 0.8 * things.Length)
            return null;
        var masks = Enumerable.Range(0, things.Length).Select(i => things[i] ?? Nearest(things, i)).ToArray();
        var held = new Plane[masks.Length];
        Parallel.For(0, masks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => held[i] = Soft(pictures[i], FootageHold.At(masks, i)));
        return held;
    }

    private static Plane Nearest(Plane?[] things, int at) =>
        things[Enumerable.Range(0, things.Length).Where(i => things[i] is not null).MinBy(i => Math.Abs(i - at))]!;

    // Along the picture's own edges.
    private static Plane Soft(WorkPicture picture, Plane mask) =>
        new GuidedFilter(picture.Channels, 2, 5e-4f).Apply(mask).Map(value => Math.Clamp((value - 0.5f) * 1.8f + 0.5f, 0, 1));

    private static Plane[] Follow(WorkPicture[] pictures, int key, Plane mask, int threads)
    {
        var masks = new Plane[pictures.Length];
        masks[key] = Resampling.Resize(mask, pictures[key].Width, pictures[key].Height);
        var odds = new ColourModel(pictures[key]).Learn(masks[key]);
        var area = PlaneStatistics.Mean(masks[key]);
        // Both ways from the key frame, each way for itself.
        Parallel.Invoke(
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => Walk(pictures, masks, odds, area, key, 1),
            () => Walk(pictures, masks, odds, area, key, -1));
        return masks;
    }

    private static void Walk(WorkPicture[] pictures, Plane[] masks, float[] odds, float area, int key, int step)
    {
        for (var i = key + step; i >= 0 && i < masks.Length; i += step)
        {
            var next = Next(pictures[i], odds, masks[i - step]);
            float share = PlaneStatistics.Mean(next), last = PlaneStatistics.Mean(masks[i - step]);
            masks[i] = share > 0.7f * last && share < 1.4f * last && share > 0.4f * area && share < 2.5f * area ? next : masks[i - step];
        }
    }

    private static Plane Next(WorkPicture picture, float[] odds, Plane before)
    {
        var prior = BoxFilter.Blur(before, Math.Max(2, picture.Width / 36));
        var guess = SubjectFinder.Decide(new ColourModel(picture).Apply(odds), prior, excluded: null);
        guess = new GuidedFilter(picture.Channels, 3, 5e-4f).Apply(guess).Map(value => Math.Clamp((value - 0.5f) * 1.8f + 0.5f, 0, 1));
        var parts = BoxFilter.Mean(SubjectShape.MainParts(guess, prior), 1);
        for (var i = 0; i < guess.Length; i++)
            guess.Values[i] = parts.Values[i] > 0.01f ? Math.Max(guess.Values[i], parts.Values[i] > 0.99f ? 1 : 0) : 0;
        return guess;
    }
}
