using System.Globalization;
using System.Threading.Channels;
using Kinora.Diffusion;
using Kinora.Diffusion.Guidance;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.TextEncoders;
using Kinora.Media;
using Kinora.Media.Ffmpeg;

namespace Kinora.Server.Engines.Ltx;

/// <summary>
/// The neural engine: LTX-Video out of Kinora.Diffusion. It invents what is not in the picture. It needs weights that its owner downloads, makes one clip at a time, and
/// has neither sound nor elements of its own; what stands in for them is said in the log.
/// </summary>
/// <param name="options">Model, size, steps, memory.</param>
/// <param name="motion">Composes the sound.</param>
/// <param name="ffmpeg">Sends stills through a video codec.</param>
internal sealed class LtxEngine(LtxOptions options, MotionEngine motion, FfmpegInstallation ffmpeg) : IVideoEngine, IDisposable
{
    /// <summary>Its name in options.</summary>
    internal const string EngineName = "ltx";

    /// <summary>Finished frames that may wait for the encoder.</summary>
    private const int WaitingFrames = 3;

    // Fractions of the whole at which the parts begin; making the clip takes nearly all.
    private const double EncodingText = 0.02, Loading = 0.05, Making = 0.08, Made = 0.96;

    private readonly LtxModel _model = new(options);
    private readonly StillCodec _codec = new(ffmpeg);
    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc/>
    public string Name => EngineName;

    /// <inheritdoc/>
    public bool HasSound => options.Sound;

    /// <inheritdoc/>
    public async Task GenerateAsync(VideoBrief brief, VideoEncoder output, IEngineObserver observer, CancellationToken cancellationToken)
    {
        if (_turn.CurrentCount == 0)
            observer.Log("waiting for the model, which makes another clip");
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _model.Inspect();
            var plan = LtxPlan.Create(brief, options.Area);
            var preset = LtxPresets.Choose(options, _model.Config, brief.CfgScale);
            LtxMemory.Require(_model.Config, _model.WeightBytes, plan, brief, _model.BudgetBytes);
            Explain(brief, plan, preset, observer);
            if (brief.GenerateAudio)
            {
                observer.Report("composing sound", 0);
                await motion.ComposeSoundAsync(brief, output, observer, cancellationToken);
            }

            await MakeAsync(new Work(brief, plan, preset, observer), output, cancellationToken);
        }
        catch (DiffusionException problem)
        {
            throw new EngineException(problem.Message, problem is DiffusionMemoryException, problem);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Frees the model.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _turn.Dispose();
    }

    private void Explain(VideoBrief brief, LtxPlan plan, LtxVideoPreset preset, IEngineObserver observer)
    {
        var frames = string.Join(" + ", plan.Shots.Select(shot => shot.Frames.ToString(CultureInfo.InvariantCulture)));
        observer.Log($"{options.Model} at {plan.Bucket}, {frames} frames, {preset.First.Sigmas.Count} steps, on {_model.DeviceName}; frames are scaled to {brief.Size}");
        if (brief.GenerateAudio)
            observer.Log($"{options.Model} makes no sound: the motion engine composes it from the prompt");
        if (brief.Elements.Count > 0)
            observer.Warn($"{options.Model} can't show elements: {brief.Elements.Count} left out, and the prompt says \"the subject\" in their place");
        if (!string.IsNullOrWhiteSpace(brief.NegativePrompt) && !UsesNegative(preset))
            observer.Warn($"{options.Model} is distilled: the negative prompt and cfg_scale have no effect on it");
    }

    private bool UsesNegative(LtxVideoPreset preset) => preset.First.Guidance.NeedsNegative || options.NegativeGuidance;

    /// <summary>The model computes on a thread of its own, for hours perhaps; its frames are encoded beside it. Whichever fails first stops the other.</summary>
    private async Task MakeAsync(Work work, VideoEncoder output, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var frames = Channel.CreateBounded<VideoFrame>(new BoundedChannelOptions(WaitingFrames) { SingleReader = true, SingleWriter = true });
        var making = Task.Factory.StartNew(() => Make(work, frames.Writer, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var writing = WriteAsync(frames.Reader, output, stop.Token);
        var first = await Task.WhenAny(making, writing);
        if (!first.IsCompletedSuccessfully)
        {
            await stop.CancelAsync();
            await making.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await first;
        }

        await making;
        await writing;
    }

    private static async Task WriteAsync(ChannelReader<VideoFrame> frames, VideoEncoder output, CancellationToken cancellationToken)
    {
        await foreach (var frame in frames.ReadAllAsync(cancellationToken))
            await output.WriteFrameAsync(frame, cancellationToken);
    }

    private void Make(Work work, ChannelWriter<VideoFrame> frames, CancellationToken cancellation)
    {
        var (brief, plan, preset, observer) = work;
        observer.Report("encoding prompt", EncodingText);
        var negative = UsesNegative(preset) ? brief.NegativePrompt ?? "" : null;
        var texts = _model.Encode(negative is null ? plan.Prompts : [.. plan.Prompts, negative], cancellation);
        observer.Report("loading model", Loading);
        var pipeline = _model.Load(cancellation);
        var geometry = new LtxGeometry(brief.Size, plan.Bucket);
        pipeline.Generate(RequestOf(work, geometry, texts, negative), Push, new LtxProgressReport(observer, geometry, Making, Made).Take, cancellation);
        frames.Complete();

        void Push(LtxVideoFrame made)
        {
            if (!plan.Shots[made.Shot].Kept.Contains(made.Index))
                return;
            var frame = geometry.ToClip(made.Picture);
            observer.Preview(frame);

            // Nothing else runs on this thread: it waits until the encoder has room.
            frames.WriteAsync(frame, cancellation).AsTask().GetAwaiter().GetResult();
        }
    }

    private LtxVideoRequest RequestOf(Work work, LtxGeometry geometry, IReadOnlyDictionary<string, TextEmbedding> texts, string? negative)
    {
        var (brief, plan, preset, _) = work;
        return new LtxVideoRequest
        {
            Width = plan.Bucket.Width,
            Height = plan.Bucket.Height,
            FrameRate = brief.Rate.FramesPerSecond,
            Seed = (ulong)brief.Seed,
            Preset = preset,
            AttentionGuidance = options.NegativeGuidance && !LtxPresets.IsDev(options.Model) ? new AttentionGuidance() : null,
            CodecRoundTrip = (still, cancellation) => _codec.RoundTripAsync(still, cancellation).GetAwaiter().GetResult(),
            WantsPreviews = true,
            Shots = [.. plan.Shots.Select((shot, index) => new LtxVideoShot
            {
                Frames = shot.Frames,
                Prompt = texts[plan.Prompts[index]],
                Negative = negative is null ? null : texts[negative],
                ContinuesPrevious = index > 0,
                Keyframes = KeyframesOf(brief, plan, index, geometry),
            })],
        };
    }

    private static List<LtxVideoKeyframe> KeyframesOf(VideoBrief brief, LtxPlan plan, int index, LtxGeometry geometry)
    {
        var keyframes = new List<LtxVideoKeyframe>();
        if (index == 0)
            keyframes.Add(new LtxVideoKeyframe { FrameIndex = 0, Frames = [geometry.ToModel(brief.StartImage)] });
        if (index == plan.Shots.Count - 1 && brief.EndImage is { } end)
            keyframes.Add(new LtxVideoKeyframe { FrameIndex = plan.Shots[index].Frames - 1, Frames = [geometry.ToModel(end)] });
        return keyframes;
    }

    private sealed record Work(VideoBrief Brief, LtxPlan Plan, LtxVideoPreset Preset, IEngineObserver Observer);
}
