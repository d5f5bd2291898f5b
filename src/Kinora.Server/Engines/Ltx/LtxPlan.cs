using System.Text.RegularExpressions;

namespace Kinora.Server.Engines.Ltx;

/// <summary>What the model is asked for: its frame size, and for each shot the frames and the text.</summary>
/// <param name="Bucket">The frame size.</param>
/// <param name="Shots">The shots.</param>
/// <param name="Prompts">Their texts.</param>
internal sealed partial record LtxPlan(LtxBucket Bucket, IReadOnlyList<LtxShotPlan> Shots, IReadOnlyList<string> Prompts)
{
    /// <summary>Plans a clip. The shots' lengths in frames add up to the clip's, whatever their seconds.</summary>
    /// <param name="brief">The clip.</param>
    /// <param name="area">Pixels of a frame.</param>
    public static LtxPlan Create(VideoBrief brief, double area)
    {
        var shots = new List<LtxShotPlan>();
        var (time, start) = (TimeSpan.Zero, 0);
        for (var index = 0; index < brief.Shots.Count; index++)
        {
            time += brief.Shots[index].Duration;
            var isLast = index == brief.Shots.Count - 1;
            var end = brief.Rate.CountFrames(time);
            shots.Add(LtxShotPlan.Create(end - start, continues: index > 0, keepsLast: !isLast || brief.EndImage is not null));
            start = end;
        }

        return new LtxPlan(LtxBucket.Nearest(brief.Size, area), shots, [.. brief.Shots.Select(shot => Reference().Replace(shot.Prompt, "the subject"))]);
    }

    // The model has no pictures of elements, and their marks mean nothing to it.
    [GeneratedRegex(@"@(Element|Image|Video)\d+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
