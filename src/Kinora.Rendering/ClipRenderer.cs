using System.Collections.Concurrent;
using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Rendering.Camera;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Effects;
using Kinora.Rendering.Effects.Look;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;
using Kinora.Rendering.Transition;

namespace Kinora.Rendering;

/// <summary>Turns a plan and its pictures into frames.</summary>
internal sealed class ClipRenderer : IDisposable
{
    private const int SliceRows = 96;
    private const double EnvelopeSeconds = 0.7;
    private readonly ConcurrentBag<SourceGrid> _grids = [];
    private readonly ConcurrentBag<LayerCover> _covers = [];
    private readonly ConcurrentBag<VideoFrame> _frames = [];
    private readonly FrameSize _size;
    private readonly int _threads;
    private readonly TransitionPlan? _transition;
    private readonly Set _start;
    private readonly Set? _end;
    private readonly CameraPose[] _startPath;
    private readonly CameraPose[]? _endPath;
    private readonly ExactFrame _firstFrame;
    private readonly ExactFrame? _lastFrame;
    private readonly Morph? _morph;
    private readonly ShotEffects[] _effects;
    private readonly int[] _shotOfFrame;
    private readonly IReadOnlyList<ShotPlan> _shots;
    private readonly double _framesPerSecond;
    private readonly SceneClock _clock;

    private ClipRenderer(ClipBrief brief, ScenePlan plan, Set start, Set? end, CameraPose[] startPath, CameraPose[]? endPath, ShotEffects[] effects, Morph? morph, int threads)
    {
        (_size, _threads, _transition, _start, _end, _startPath, _endPath) = (brief.Size, threads, plan.Transition, start, end, startPath, endPath);
        (_effects, _morph) = (effects, morph);
        _framesPerSecond = brief.Rate.FramesPerSecond;
        _clock = new SceneClock(plan.Shots, brief.Rate);
        _shots = plan.Shots;
        _shotOfFrame = [.. plan.Shots.SelectMany((shot, number) => Enumerable.Repeat(number, shot.FrameCount))];
        _firstFrame = new ExactFrame(brief.StartImage, brief.Size);
        _lastFrame = brief.EndImage is null ? null : new ExactFrame(brief.EndImage, brief.Size);
    }

    /// <summary>What the prompt asks for and the pictures do not allow.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Which warp kernel to use; tests compare them.</summary>
    public WarpInstructions Instructions { get; set; } = WarpKernel.Best;

    public static ClipRenderer Create(ClipBrief brief, ScenePlan plan, Stage stage, int threads, CancellationToken cancellationToken)
    {
        var margin = NeedsMargin(plan) ? Math.Max(2, (int)(brief.Size.Width * 0.045)) & ~1 : 0;
        var isMorph = plan.Transition is { Kind: TransitionKind.Morph or TransitionKind.Align };
        var mayLift = !isMorph && (Travels(brief, plan, stage) || plan.Shots.Any(shot => shot.Effects.Any(effect => effect.Effect == FocusEffect.EffectName)));
        var start = Set.Build(stage.StartCodes, brief.Size, stage.Start, margin, threads, mayLift);
        cancellationToken.ThrowIfCancellationRequested();
        var end = stage.EndCodes is null ? null : Set.Build(stage.EndCodes, brief.Size, stage.End!, 0, threads, mayLift);
        cancellationToken.ThrowIfCancellationRequested();
        var (startPath, endPath) = Paths(brief, plan, stage, start, end, threads);
        var scene = new EffectScene(stage.Start, brief.Size, start.Background.Nearness, brief.Seed);
        var notes = new List<string>();
        var effects = plan.Shots.Select(shot => SceneEffects.Prepare(shot, brief, scene, notes, threads)).ToArray();
        var morph = isMorph ? new Morph(stage.Flow!) : null;
        return new ClipRenderer(brief, plan, start, end, startPath, endPath, effects, morph, threads) { Notes = notes };
    }

    public void Render(int index, VideoFrame frame)
    {
        var shot = _shotOfFrame[index];
        ShowShot(shot, index, frame);
        var (other, weight) = Dissolving(shot, index);
        if (weight > 0)
        {
            if (!_frames.TryTake(out var mixed))
                mixed = new VideoFrame(_size);
            ShowShot(other, index, mixed);
            FrameMix.Into(frame, mixed, weight, _threads);
            _frames.Add(mixed);
        }
        FadeEnds(index, frame);
    }

    // A shot seen outside its own frames, while it dissolves, stands still where it starts or ends; what lives in it goes on.
    private void ShowShot(int shot, int index, VideoFrame frame)
    {
        var at = Math.Clamp(index, _shots[shot].FirstFrame, _shots[shot].FirstFrame + _shots[shot].FrameCount - 1);
        if (_morph is not null && at >= _transition!.FirstFrame)
        {
            ShowMorph(at, frame);
            return;
        }
        var endWeight = EndWeight(at);
        if (endWeight < FrameMix.Full)
            Show(_start, _startPath, at, frame, _effects[shot], Moment(index));
        if (endWeight > 0)
            AddEnd(at, endWeight, frame);
    }

    // The other shot that shows in a frame around a dissolve, and how much of it.
    private (int Shot, int Weight) Dissolving(int shot, int index)
    {
        int half = _shots[shot].DissolveFrames / 2, since = index - _shots[shot].FirstFrame;
        if (since < half)
            return (shot - 1, FrameMix.Full - Weight(half + since, half));
        if (shot + 1 == _shots.Count)
            return (shot, 0);
        int nextHalf = _shots[shot + 1].DissolveFrames / 2, until = _shots[shot + 1].FirstFrame - index;
        return (shot + 1, until > nextHalf ? 0 : Weight(nextHalf - until, nextHalf));

        static int Weight(int frame, int half) => (int)Math.Round(FrameMix.Full * Smooth.Step(0.0, 1, (frame + 0.5) / (2 * half)));
    }

    private void FadeEnds(int index, VideoFrame frame)
    {
        _firstFrame.FadeFrom(frame, index, _threads);
        _lastFrame?.FadeFrom(frame, _startPath.Length - 1 - index, _threads);
    }

    public void Dispose()
    {
        _grids.Clear();
        _covers.Clear();
        _frames.Clear();
    }

    // A camera that only turns or zooms sees no parallax: there is nothing behind the subject to show.
    private static bool Travels(ClipBrief brief, ScenePlan plan, Stage stage) => plan.Shots.Any(shot =>
        CameraPath.Of(shot, SceneOf(stage.Start, Set.UsualPivot), 1 / brief.Rate.FramesPerSecond, brief.Seed).Any(pose => pose.X != 0 || pose.Y != 0 || pose.Z != 0));

    private static bool NeedsMargin(ScenePlan plan) =>
        plan.Shots.Any(shot => shot.Framing.Scale >= 1 && shot.Moves.Any(move => move.Heading == Heading.Out));

    private static (CameraPose[] Start, CameraPose[]? End) Paths(ClipBrief brief, ScenePlan plan, Stage stage, Set start, Set? end, int threads)
    {
        var path = new List<CameraPose>(plan.FrameCount);
        CameraPose[]? endPath = null;
        var overscan = new Overscan(start, brief.Size);
        foreach (var shot in plan.Shots)
        {
            var poses = CameraPath.Of(shot, SceneOf(stage.Start, start.Pivot), 1 / brief.Rate.FramesPerSecond, brief.Seed);
            if (end is not null && ReferenceEquals(shot, plan.Shots[^1]))
            {
                endPath = [.. new CameraPose[path.Count], .. EndPath.Of(poses)];
                var settling = endPath[path.Count..];
                BorderGuard.Apply(settling, new Overscan(end, brief.Size), keepFirst: false, keepLast: true, threads);
                settling.CopyTo(endPath, path.Count);
            }
            var isMorph = plan.Transition is { Kind: TransitionKind.Morph or TransitionKind.Align } && ReferenceEquals(shot, plan.Shots[^1]);
            if (isMorph)
                SwingBack(poses);
            BorderGuard.Apply(poses, overscan, keepFirst: path.Count == 0, keepLast: isMorph, threads);
            path.AddRange(poses);
        }
        return ([.. path], endPath);
    }

    private static void SwingBack(CameraPose[] poses)
    {
        for (var i = 0; i < poses.Length; i++)
        {
            var swing = Math.Sin(Math.PI * i / Math.Max(1, poses.Length - 1));
            poses[i] = poses[i].Scaled(0.6 * swing * swing);
        }
    }

    private static CameraScene SceneOf(Depth.PictureReading reading, float pivot) =>
        new(View.InverseDepth(pivot), reading.FocusU, reading.FocusV, reading.Aspect);

    private EffectMoment Moment(int index)
    {
        var seconds = index / _framesPerSecond;
        var envelope = Smooth.Step(0, EnvelopeSeconds, seconds);
        if (_transition is not null)
            envelope *= Smooth.Step(0, EnvelopeSeconds, (_transition.LastFrame - index) / _framesPerSecond);
        return new EffectMoment(_clock.SecondsAt(index), envelope, index, seconds);
    }

    private int EndWeight(int index)
    {
        if (_transition is null || index < _transition.FirstFrame)
            return 0;
        if (index >= _transition.LastFrame)
            return FrameMix.Full;
        var time = (index - _transition.FirstFrame + 1.0) / (_transition.LastFrame - _transition.FirstFrame + 1);
        return (int)Math.Round(FrameMix.Full * Smooth.Step(0.0, 1, time));
    }

    private void AddEnd(int index, int weight, VideoFrame frame)
    {
        if (weight == FrameMix.Full)
        {
            Show(_end!, _endPath!, index, frame);
            return;
        }
        if (!_frames.TryTake(out var other))
            other = new VideoFrame(_size);
        Show(_end!, _endPath!, index, other);
        FrameMix.Into(frame, other, weight, _threads);
        _frames.Add(other);
    }

    private void Show(Set set, CameraPose[] path, int index, VideoFrame frame, ShotEffects? effects = null, EffectMoment moment = default)
    {
        var shot = _shots[_shotOfFrame[index]];
        var poses = (effects?.Shutter ?? Shutter.Usual).Poses(path, index, shot.FirstFrame, shot.FirstFrame + shot.FrameCount - 1, _size);
        if (poses.Length == 1)
        {
            Show(set, poses[0], frame, effects, moment, withOverlays: true);
            return;
        }
        if (!_frames.TryTake(out var other))
            other = new VideoFrame(_size);
        // What falls and shines is painted over their mean as it is seen from the middle one.
        var middle = poses.Length / 2;
        Show(set, poses[middle], frame, effects, moment, withOverlays: false);
        for (int k = 0, seen = 1; k < poses.Length; k++)
        {
            if (k == middle)
                continue;
            Show(set, poses[k], other, effects, moment, withOverlays: false);
            FrameMix.Into(frame, other, FrameMix.Full / ++seen, _threads);
        }
        _frames.Add(other);
        PaintOverlays(set, poses[middle], frame, effects, moment);
    }

    private void Show(Set set, CameraPose pose, VideoFrame frame, ShotEffects? effects, EffectMoment moment, bool withOverlays)
    {
        var view = new View(pose);
        var grid = TakeGrid();
        grid.Project(view, set.Background.Nearness);
        var effectFrame = effects?.At(grid, moment) ?? EffectFrame.None;
        var subjectGrid = set.Subject is null ? null : TakeGrid();
        subjectGrid?.Project(view, set.Subject!.Sheet.Nearness);
        if (subjectGrid is not null)
            effects?.Bend(subjectGrid, moment);
        var cover = subjectGrid is null ? null : _covers.TryTake(out var used) ? used : new LayerCover(_size);
        InSlices((from, to) =>
        {
            if (subjectGrid is not null)
                cover!.Find(set.Subject!, subjectGrid, from, to);
            new SheetRenderer(set.Background, grid, effectFrame, Instructions, cover).Rows(frame, from, to);
            foreach (var underlay in effectFrame.Underlays)
                underlay.Paint(frame, from, to);
            if (subjectGrid is not null)
                new SubjectRenderer(set.Subject!, subjectGrid, cover!, Instructions).Rows(frame, from, to);
            if (withOverlays)
                Paint(effectFrame, frame, from, to);
        });
        _grids.Add(grid);
        if (subjectGrid is not null)
        {
            _grids.Add(subjectGrid);
            _covers.Add(cover!);
        }
    }

    private void PaintOverlays(Set set, CameraPose pose, VideoFrame frame, ShotEffects? effects, EffectMoment moment)
    {
        if (effects is null)
            return;
        var grid = TakeGrid();
        grid.Project(new View(pose), set.Background.Nearness);
        var effectFrame = effects.At(grid, moment);
        InSlices((from, to) => Paint(effectFrame, frame, from, to));
        _grids.Add(grid);
    }

    private static void Paint(EffectFrame effects, VideoFrame frame, int from, int to)
    {
        foreach (var overlay in effects.Overlays)
            overlay.Paint(frame, from, to);
    }

    // The camera swings out and back in: at both ends the view is exactly the pictures'.
    private void ShowMorph(int index, VideoFrame frame)
    {
        var time = (double)(index - _transition!.FirstFrame) / Math.Max(1, _transition.LastFrame - _transition.FirstFrame);
        var view = new View(_startPath[index]);
        SourceGrid start = TakeGrid(), end = TakeGrid();
        start.Project(view, _start.Background.Nearness);
        var moment = Moment(index);
        var effects = _effects[_shotOfFrame[index]].At(start, moment) with { Drifts = [] };
        var weights = _morph!.Apply(start, end, (float)Ease.Progress(Easing.Smooth, time));
        if (!_frames.TryTake(out var other))
            other = new VideoFrame(_size);
        InSlices((from, to) =>
        {
            new SheetRenderer(_start.Background, start, effects, Instructions).Rows(frame, from, to);
            new SheetRenderer(_end!.Background, end, EffectFrame.None, Instructions).Rows(other, from, to);
            MorphMix.Rows(frame, other, weights, from, to);
            foreach (var overlay in effects.Overlays)
                overlay.Paint(frame, from, to);
        });
        _frames.Add(other);
        _grids.Add(start);
        _grids.Add(end);
    }

    private void InSlices(Action<int, int> paint)
    {
        var slices = (_size.Height + SliceRows - 1) / SliceRows;
        Parallel.For(0, slices, new ParallelOptions { MaxDegreeOfParallelism = _threads }, slice => paint(slice * SliceRows, Math.Min(_size.Height, (slice + 1) * SliceRows)));
    }

    private SourceGrid TakeGrid() => _grids.TryTake(out var grid) ? grid : new SourceGrid(_size);
}
