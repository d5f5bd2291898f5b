using Kinora.Diffusion.TextEncoders;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// Makes films with LTX-Video 0.9.5-0.9.8: start and end frames, keyframes, several shots, one or two passes. Frames go in and come out as plain floats.
/// One film at a time.
/// </summary>
public sealed class LtxVideoPipeline : IDisposable
{
    // How much a later window of a shot is pulled to the look of the first one.
    private const float WindowMatch = 0.25f;

    private readonly IBackend _backend;
    private readonly LtxVideoTransformer _transformer;
    private readonly LtxVideoAutoencoder _autoencoder;
    private readonly LatentUpsampler? _upsampler;

    internal LtxVideoPipeline(IBackend backend, LtxVideoTransformer transformer, LtxVideoAutoencoder autoencoder, LatentUpsampler? upsampler) =>
        (_backend, _transformer, _autoencoder, _upsampler) = (backend, transformer, autoencoder, upsampler);

    /// <summary>The transformer's sizes.</summary>
    public LtxVideoTransformerConfig Transformer => _transformer.Config;

    /// <summary>The autoencoder's structure.</summary>
    public LtxVideoAutoencoderConfig Autoencoder => _autoencoder.Config;

    /// <summary>Whether presets with two passes can be used.</summary>
    public bool HasUpsampler => _upsampler is not null;

    /// <summary>The noise levels that the model was trained for; empty if any will do.</summary>
    public IReadOnlyList<double> AllowedTimesteps { get; internal init; } = [];

    /// <summary>Makes a film.</summary>
    /// <param name="request">What.</param>
    /// <param name="frames">Called with every frame, shot by shot, in order, as they are ready, on the calling thread.</param>
    /// <param name="progress">Called after every block of the transformer and every decoded piece, or null.</param>
    /// <param name="cancellation">Heeded within one block of the transformer and one stage of the autoencoder.</param>
    /// <exception cref="DiffusionException">The request can't be fulfilled.</exception>
    /// <exception cref="DiffusionMemoryException">The film does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Generate(LtxVideoRequest request, Action<LtxVideoFrame> frames, Action<LtxVideoProgress>? progress = null, CancellationToken cancellation = default)
    {
        LtxVideoRequestCheck.Run(request, _upsampler is { Config: { IsSpatial: true, IsTemporal: false } }, AllowedTimesteps);
        ArgumentNullException.ThrowIfNull(frames);
        var meter = new ProgressMeter(progress, request.Shots.Sum(shot => Work(request, shot)));
        RgbFrame? last = null;
        DiffusionMemoryException.Guard("The film", () =>
        {
            for (var index = 0; index < request.Shots.Count; index++)
            {
                var (shot, number, position) = (request.Shots[index], index, 0);
                MakeShot(request, shot, number, last, meter, frame =>
                {
                    last = frame;
                    if (position > 0 || !shot.ContinuesPrevious)
                        frames(new LtxVideoFrame(number, position, frame));
                    position++;
                }, cancellation);
            }

            return request.Shots.Count;
        });
    }

    /// <summary>Encodes a picture and decodes it again: what a check of the weights looks at.</summary>
    /// <param name="picture">Sides must be multiples of 32.</param>
    /// <param name="cancellation">Heeded within one stage.</param>
    /// <returns>The decoded picture, and mean and deviation of its normalised latents, which are near 0 and 1 for photos.</returns>
    public (RgbFrame Picture, double LatentMean, double LatentDeviation) RoundTrip(RgbFrame picture, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Width % 32 != 0 || picture.Height % 32 != 0)
            throw new DiffusionException($"Sides must be multiples of 32, got {picture.Width}×{picture.Height}.");
        using var scope = new TensorScope(_backend.Memory);
        var grid = LatentGrid.Of(picture.Width, picture.Height, 1);
        var latents = scope.Empty([1, grid.Rows, grid.Columns, _autoencoder.Config.LatentChannels]);
        _autoencoder.Encode(FrameTensors.From(_backend, scope, [picture], picture.Width, picture.Height), latents, cancellation: cancellation);
        _autoencoder.Normalize(latents);
        var (mean, deviation) = Statistics(latents.AsReadOnlySpan<float>());
        _autoencoder.Denormalize(latents);
        RgbFrame? result = null;
        _autoencoder.Decode(latents, 0, pixels => result = FrameTensors.To(_backend, pixels, picture.Width, picture.Height).First(), cancellation);
        return (result!, mean, deviation);
    }

    /// <summary>Frees the weights; the memory goes back to the system.</summary>
    public void Dispose()
    {
        _transformer.Dispose();
        _autoencoder.Dispose();
        _upsampler?.Dispose();
        _backend.Memory.Trim();
    }

    private static (double Mean, double Deviation) Statistics(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
            (sum, squares) = (sum + value, squares + ((double)value * value));
        var mean = sum / values.Length;
        return (mean, Math.Sqrt(Math.Max(0, (squares / values.Length) - (mean * mean))));
    }

    private void MakeShot(LtxVideoRequest request, LtxVideoShot shot, int index, RgbFrame? previous, ProgressMeter meter, Action<RgbFrame> output, CancellationToken cancellation)
    {
        meter.Report(LtxVideoPhase.Preparing);
        var keyframes = shot.Keyframes.Select(keyframe => Prepare(request, keyframe, cancellation)).ToList();
        if (shot.ContinuesPrevious)
            keyframes.Insert(0, new LtxVideoKeyframe { FrameIndex = 0, Frames = [previous!], IsPrepared = true });
        using var positive = _transformer.Prepare(shot.Prompt, cancellation);
        using var negative = shot.Negative is { } text ? _transformer.Prepare(text, cancellation) : null;
        meter.Add(LtxVideoCost.Context(_transformer.Config, shot.Prompt.Tokens + (shot.Negative?.Tokens ?? 0)));

        var windows = WindowPlan.Create(shot.Frames, request.WindowFrames);
        var join = new WindowJoin(output);
        using var look = new TensorScope(_backend.Memory);
        Tensor? firstLatents = null;
        for (var i = 0; i < windows.Count; i++)
        {
            var (first, count) = windows[i];
            var given = keyframes.Where(keyframe => keyframe.FrameIndex >= first + join.Tail.Count && keyframe.FrameIndex + keyframe.Frames.Count <= first + count)
                .Select(keyframe => keyframe with { FrameIndex = keyframe.FrameIndex - first }).ToList();
            if (join.Tail.Count > 0)
                given.Insert(0, new LtxVideoKeyframe { FrameIndex = 0, Frames = [.. join.Tail], IsPrepared = true });
            var job = new ClipJob(_backend, _transformer, _autoencoder, _upsampler, request, (positive, negative), meter)
            {
                Frames = count,
                Keyframes = given,
                Part = (index << 16) | (i << 4),
                TextTokens = shot.Prompt.Tokens,
                Finish = windows.Count == 1 ? null : MatchFirst,
            };
            join.Begin(count, i == windows.Count - 1);
            job.Run(join.Push, cancellation);
        }

        void MatchFirst(Tensor latents)
        {
            if (firstLatents is null)
                _backend.Copy(latents, firstLatents = look.Empty(latents.Shape));
            else
                LatentStatistics.Match(_backend, latents, firstLatents, WindowMatch);
        }
    }

    private static LtxVideoKeyframe Prepare(LtxVideoRequest request, LtxVideoKeyframe keyframe, CancellationToken cancellation) => keyframe.IsPrepared ? keyframe : keyframe with
    {
        IsPrepared = true,
        Frames = [.. keyframe.Frames.Select(frame => ImagePreparation.Prepare(frame, request.Width, request.Height, request.CodecRoundTrip, cancellation))],
    };

    private double Work(LtxVideoRequest request, LtxVideoShot shot)
    {
        var work = LtxVideoCost.Context(_transformer.Config, shot.Prompt.Tokens + (shot.Negative?.Tokens ?? 0));
        foreach (var (_, frames) in WindowPlan.Create(shot.Frames, request.WindowFrames))
            work += ClipJob.Work(_transformer.Config, _autoencoder.Config, request, frames, shot.Prompt.Tokens);
        return work;
    }
}
