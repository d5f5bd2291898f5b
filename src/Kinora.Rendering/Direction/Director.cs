using System.Globalization;
using Kinora.Rendering.Camera.Moves;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Transition;

namespace Kinora.Rendering.Direction;

/// <summary>Reads the brief and looks at the picture, then decides everything.</summary>
internal static class Director
{
    public static ScenePlan Plan(ClipBrief brief, PictureReading picture, FlowPair? flow = null)
    {
        var shots = new List<ShotPlan>();
        var denied = NegativePrompt.Read(brief.NegativePrompt);
        var forbidden = EffectReader.ReadForbidden(brief.NegativePrompt);
        var boundaries = Boundaries(brief);
        for (var i = 0; i < brief.Shots.Count; i++)
        {
            var seconds = (boundaries[i + 1] - boundaries[i]) / brief.Rate.FramesPerSecond;
            var prompt = Quotations.Without(brief.Shots[i].Prompt, Quotations.Find(brief.Shots[i].Prompt));
            var reading = MoveReader.Read(prompt);
            denied.ApplyTo(reading);
            var moves = MoveSchedule.Plan(reading, seconds, brief.CfgScale, DefaultHeading(picture, i));
            shots.Add(new ShotPlan
            {
                FirstFrame = boundaries[i],
                FrameCount = boundaries[i + 1] - boundaries[i],
                Framing = FramingChoice.For(prompt, i, picture),
                Moves = moves,
                Elements = ElementReader.Read(prompt, brief.Elements.Count),
                Effects = EffectReader.Read(prompt, forbidden, moves.TrueForAll(move => move.Move == StaticMove.MoveName)),
            });
        }
        var sound = brief.GenerateAudio ? SoundReader.Read(brief, shots, picture) : null;
        return new ScenePlan
        {
            Shots = shots,
            Transition = brief.EndImage is null ? null : Reach(shots[^1], brief, flow),
            Sound = sound,
            Notes =
            [
                picture.Describe(),
                .. flow is null ? [] : new[] { string.Create(CultureInfo.InvariantCulture, $"start and end image agree in {flow.Agreement * 100:0}% of their pixels") },
                .. sound?.Notes ?? [],
            ],
        };
    }

    // Cumulative, so that rounding never adds up to a frame too many.
    private static int[] Boundaries(ClipBrief brief)
    {
        var result = new int[brief.Shots.Count + 1];
        var time = TimeSpan.Zero;
        for (var i = 0; i < brief.Shots.Count; i++)
        {
            time += brief.Shots[i].Duration;
            result[i + 1] = Math.Max(result[i] + 1, brief.Rate.CountFrames(time));
        }
        return result;
    }

    // Slide towards the emptier side, so that the subject moves into the picture rather than out of it.
    private static Heading DefaultHeading(PictureReading picture, int shot) => picture.FocusU > 0 == (shot % 2 == 0) ? Heading.Right : Heading.Left;

    private static TransitionPlan Reach(ShotPlan last, ClipBrief brief, FlowPair? flow)
    {
        if (flow is { IsRelated: true } or { IsAligned: true })
            return new TransitionPlan(flow.IsAligned ? TransitionKind.Align : TransitionKind.Morph, last.FirstFrame, last.FirstFrame + last.FrameCount - 1);
        var length = Math.Min(last.FrameCount * 0.45, 1.6 * brief.Rate.FramesPerSecond);
        var centre = last.FirstFrame + last.FrameCount * 0.56;
        var first = Math.Max(last.FirstFrame + 1, (int)Math.Round(centre - length / 2));
        var end = Math.Min(last.FirstFrame + last.FrameCount - 1, (int)Math.Round(centre + length / 2));
        return new TransitionPlan(TransitionKind.Dissolve, Math.Min(first, end), end);
    }
}
