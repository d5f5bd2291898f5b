using Kinora.Media;
using Kinora.Media.Audio;
using Kinora.Media.Color;
using Kinora.Media.Speech;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Sound;
using Kinora.Rendering.Sound.Speech;

namespace Kinora.Rendering;

/// <summary>
/// A clip made from a still picture, ready to be rendered frame by frame in any order. Everything with chance or choice in it is decided when it is
/// created; afterwards a frame is a pure function of its index, whatever the number of threads. Memory does not grow with the duration.
/// </summary>
public sealed class MotionClip : IDisposable
{
    private readonly ClipBrief _brief;
    private readonly ClipRenderer _renderer;

    private MotionClip(ClipBrief brief, ScenePlan plan, ClipRenderer renderer) => (_brief, Plan, _renderer) = (brief, plan, renderer);

    /// <summary>What was decided, for people and tests.</summary>
    public ScenePlan Plan { get; }

    /// <summary>Frames in the clip.</summary>
    public int FrameCount => Plan.FrameCount;

    /// <summary>Looks at the pictures, plans the scene and lays out all camera paths.</summary>
    /// <param name="brief">What to make.</param>
    /// <param name="options">How many threads may work on it; null for the defaults.</param>
    /// <param name="cancellationToken">Stops between the steps of the analysis.</param>
    /// <exception cref="ArgumentException">The brief contradicts itself: no shots, a picture of another size, a scale outside 0 to 1.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public static MotionClip Create(ClipBrief brief, MotionClipOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(brief);
        brief.Validate();
        brief = ShotCutter.Cut(brief);
        var threads = Math.Max(1, (options ?? new MotionClipOptions()).Threads);
        var stage = Stage.Build(brief, threads, cancellationToken);
        var plan = Director.Plan(brief, stage.Start, stage.Flow);
        cancellationToken.ThrowIfCancellationRequested();
        var renderer = ClipRenderer.Create(brief, plan, stage, threads, cancellationToken);
        // Elements are cut out by now; their videos need not stay.
        return new MotionClip(brief with { Elements = [] }, plan with { Notes = [.. plan.Notes, .. renderer.Notes] }, renderer);
    }

    /// <summary>Only looks and plans: what <see cref="Create"/> would decide, without preparing to render it.</summary>
    /// <exception cref="ArgumentException">The brief contradicts itself.</exception>
    public static ScenePlan PlanScene(ClipBrief brief, MotionClipOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(brief);
        brief.Validate();
        brief = ShotCutter.Cut(brief);
        var threads = Math.Max(1, (options ?? new MotionClipOptions()).Threads);
        var flow = brief.EndImage is null ? null : Transition.FlowPair.Measure(brief.StartImage, brief.EndImage, threads);
        var reading = Depth.PictureReading.Of(brief.StartImage, threads);
        var plan = Director.Plan(brief, reading, flow);
        // What the picture has no place for shows when the effects look for it.
        var notes = new List<string>();
        foreach (var shot in plan.Shots)
            SceneEffects.Prepare(shot, brief, new Effects.EffectScene(reading, brief.Size, reading.Nearness, brief.Seed), notes, threads);
        return plan with { Notes = [.. plan.Notes, .. notes] };
    }

    /// <summary>
    /// Frame 0 of any clip of more than one frame that starts on a picture: the picture itself, which needs no plan. For those who can use it while
    /// <see cref="Create"/> works.
    /// </summary>
    /// <param name="startImage">RGB, of exactly the frame's size.</param>
    /// <exception cref="ArgumentException">The picture has alpha, or sides that no frame has.</exception>
    public static VideoFrame CreateFirstFrame(Image startImage) => Yuv420.FromImage(startImage);

    /// <summary>Renders one frame. The same index gives the same bytes, in any order; may be called from several threads.</summary>
    /// <param name="index">0 to <see cref="FrameCount"/> - 1.</param>
    /// <param name="frame">Where to; its size must be the brief's.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    /// <exception cref="ArgumentException">The frame has another size.</exception>
    public void RenderFrame(int index, VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FrameCount);
        if (frame.Size != _brief.Size)
            throw new ArgumentException($"The clip is {_brief.Size}, the frame {frame.Size}.", nameof(frame));
        _renderer.Render(index, frame);
    }

    /// <summary>
    /// Synthesises the soundtrack: exactly as long as the frames. May run beside <see cref="RenderFrame"/>; synthesis is synchronous work of a tenth of a
    /// second or so, only <see cref="ClipBrief.Speak"/> is awaited.
    /// </summary>
    /// <param name="warn">Hears, for the job's log, of lines that could not be spoken; null to ignore them. They never fail the clip.</param>
    /// <param name="cancellationToken">Stops between the sounds.</param>
    /// <exception cref="InvalidOperationException">The brief asks for no sound.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async Task<Soundtrack> ComposeSoundtrackAsync(Action<string>? warn = null, CancellationToken cancellationToken = default)
    {
        if (Plan.Sound is null)
            throw new InvalidOperationException("The brief asks for no soundtrack.");
        var lines = await SpeechBooth.RecordAsync(Plan.Sound.Speech, _brief.Speak, warn, cancellationToken);
        var samples = _brief.Rate.CountSamples(FrameCount, Soundtrack.SampleRateHz);
        return SoundStage.Compose(Plan.Sound, lines, samples, _brief.Seed, cancellationToken);
    }

    /// <summary>Lets go of the textures.</summary>
    public void Dispose() => _renderer.Dispose();
}
