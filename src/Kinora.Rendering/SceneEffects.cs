using Kinora.Rendering.Direction;
using Kinora.Rendering.Effects;
using Kinora.Rendering.Elements;

namespace Kinora.Rendering;

/// <summary>Gets everything ready that a shot shows besides its picture.</summary>
internal static class SceneEffects
{
    /// <param name="shot">The shot.</param>
    /// <param name="brief">Where the elements are.</param>
    /// <param name="scene">The picture.</param>
    /// <param name="notes">Takes a line for everything that cannot be done.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    public static ShotEffects Prepare(ShotPlan shot, ClipBrief brief, EffectScene scene, List<string> notes, int threads)
    {
        double start = shot.FirstFrame / brief.Rate.FramesPerSecond, seconds = shot.FrameCount / brief.Rate.FramesPerSecond;
        var effects = new ShotEffects(shot.Effects, scene with { ShotStartSeconds = start, ShotSeconds = seconds });
        notes.AddRange(effects.Missing.Select(plan => $"the picture has no place for {plan.Effect} (\"{plan.Source}\")"));
        foreach (var plan in shot.Elements.Reverse())
        {
            if (Look(brief.Elements[plan.Number - 1], plan, scene, notes, threads) is { } look)
                effects.AddFirst(new ElementOverlay(look, plan, start, seconds));
        }
        return effects;
    }

    private static Func<double, ElementSprite>? Look(SceneElement element, ElementPlan plan, EffectScene scene, List<string> notes, int threads)
    {
        var height = plan.Height * scene.Size.Height;
        if (element.Footage.Count > 0)
        {
            if (ElementFootage.TryCut(element.Footage, element.FootageRate, height, scene.Reading, threads) is { } footage)
                return footage.At;
            notes.Add($"@Element{plan.Number} could not be cut out of its video");
            return null;
        }
        if (ElementViews.Choose(element.Views, plan.Path, threads) is not { } view)
        {
            notes.Add($"@Element{plan.Number} could not be cut out of {(element.Views.Count == 1 ? "its image" : "any of its images")}");
            return null;
        }
        if (view.Number > 0)
            notes.Add($"@Element{plan.Number} is shown as in its reference image {view.Number}");
        var sprite = ElementSprite.Cut(view.Cover, height, scene.Reading, threads);
        return _ => sprite;
    }
}
