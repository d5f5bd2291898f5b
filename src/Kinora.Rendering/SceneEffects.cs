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
            var sprite = ElementSprite.TryCut(brief.Elements[plan.Number - 1], plan.Height * scene.Size.Height, scene.Reading, threads);
            if (sprite is null)
                notes.Add($"@Element{plan.Number} could not be cut out of its image");
            else
                effects.AddFirst(new ElementOverlay(sprite, plan, start, seconds));
        }
        return effects;
    }
}
