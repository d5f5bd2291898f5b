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
        var prompts = brief.Shots.Select(shot => Quotations.Without(shot.Prompt, Quotations.Find(shot.Prompt))).ToList();
        for (var i = 0; i < brief.Shots.Count; i++)
        {
            var (prompt, count) = (prompts[i], boundaries[i + 1] - boundaries[i]);
            var seconds = count / brief.Rate.FramesPerSecond;
            var before = shots.LastOrDefault();
            var framing = FramingChoice.For(prompt, i, picture, before?.Framing);
            var moves = Moves(prompt, denied, seconds, brief.CfgScale, framing, picture, before);
            shots.Add(new ShotPlan
            {
                FirstFrame = boundaries[i],
                FrameCount = count,
                DissolveFrames = before is null ? 0 : Joints.DissolveFrames(prompts[i - 1], i == 1, prompt, before.FrameCount, count, brief.Rate.FramesPerSecond),
                Framing = framing,
                Moves = moves,
                Tempo = TempoReader.Read(prompt, brief.NegativePrompt),
                Elements = ElementReader.Read(prompt, brief.Elements.Count),
                Effects = EffectReader.Read(prompt, forbidden, moves.TrueForAll(move => move.Move == StaticMove.MoveName), before?.Effects),
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

    private static List<MovePlan> Moves(string prompt, NegativePrompt denied, double seconds, double guidance, Framing framing, PictureReading picture, ShotPlan? before)
    {
        var reading = MoveReader.Read(prompt);
        denied.ApplyTo(reading);
        // A match cut hides in a movement that goes on.
        if (before is not null && reading.Requests.Count == 0 && !reading.WantsStatic && FramingChoice.IsMatchCut(prompt))
            return [.. before.Moves];
        return MoveSchedule.Plan(reading, seconds, guidance, DefaultMove.For(framing, picture, before?.Moves[0]));
    }

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
