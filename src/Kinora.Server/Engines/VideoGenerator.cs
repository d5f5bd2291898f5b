using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;
using Kinora.Rendering;
using Kinora.Server.Endpoints;
using Kinora.Server.Telemetry;

namespace Kinora.Server.Engines;

/// <summary>
/// From an accepted request to an MP4: bring the media, check them, decode them, let the engine render, encode while it does.
/// The job worker and the command line both end here.
/// </summary>
/// <param name="ffmpeg">What decodes and encodes.</param>
/// <param name="decoder">Decodes the pictures; the caller disposes it.</param>
/// <param name="metrics">Where stages are measured; null: nowhere.</param>
/// <param name="expectsMore">Whether each clip makes ready for the next one: for a server that makes many.</param>
internal sealed class VideoGenerator(FfmpegInstallation ffmpeg, ImageDecoder decoder, ServerMetrics? metrics = null, bool expectsMore = false)
{
    /// <summary>What the hosted models give.</summary>
    private static readonly FrameRate s_rate = new(24);

    /// <summary>An element is drawn at half the frame's height at most.</summary>
    private const int MaxElementPixels = 1 << 20;

    private readonly ElementVideo _elementVideo = new(ffmpeg);

    /// <summary>Makes the clip.</summary>
    /// <param name="engine">What makes it.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="fetch">Brings the media that the request names.</param>
    /// <param name="outputPath">Where to write the MP4.</param>
    /// <param name="observer">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it within a frame and leaves nothing behind.</param>
    /// <exception cref="EngineException">The engine can't make it.</exception>
    public async Task<GenerationOutcome> GenerateAsync(
        IVideoEngine engine, ClipRequest request, FetchMedia fetch, string outputPath, IEngineObserver observer, CancellationToken cancellationToken)
    {
        using var scratch = ScratchDirectory.Create();
        if (request.GenerateAudio && !engine.HasSound)
        {
            observer.Warn($"The engine {engine.Name} makes no sound here: the clip is silent.");
            request = request with { GenerateAudio = false };
        }

        observer.Report("fetching", 0);
        RequestMedia media;
        using (Stage.Begin("fetch", metrics))
            media = await RequestMedia.BringAsync(request, fetch, scratch, cancellationToken);
        if (media.Violations.Count > 0)
            return new GenerationOutcome.Refused(media.Violations);

        var size = SizeOf(request, media);
        await using var encoder = OpenEncoder(request, size, outputPath);
        encoder.StartAhead();
        observer.Report("decoding", 0.01);
        var (brief, violations) = await DecodeAsync(request, media, size, cancellationToken);
        if (brief is null)
            return new GenerationOutcome.Refused(violations);

        using (Stage.Begin("generate", metrics))
            await engine.GenerateAsync(brief, encoder, observer, cancellationToken);
        observer.Report("finishing", 0.97);
        using var encode = Stage.Begin("encode", metrics);
        var video = await encoder.CompleteAsync(cancellationToken);
        // Not before: until here every processor works for this clip.
        if (expectsMore)
            decoder.PrepareNext();
        observer.Report("done", 1);
        return new GenerationOutcome.Made(video.Path, video.Bytes, video.Duration, brief.Seed);
    }

    /// <summary>Goes as far as the brief that an engine would get, and makes nothing of it.</summary>
    /// <returns>The brief, or everything that is wrong with the media.</returns>
    public async Task<(VideoBrief? Brief, IReadOnlyList<Violation> Violations)> PrepareAsync(ClipRequest request, FetchMedia fetch, CancellationToken cancellationToken)
    {
        using var scratch = ScratchDirectory.Create();
        var media = await RequestMedia.BringAsync(request, fetch, scratch, cancellationToken);
        return media.Violations.Count > 0 ? (null, media.Violations) : await DecodeAsync(request, media, SizeOf(request, media), cancellationToken);
    }

    private static FrameSize SizeOf(ClipRequest request, RequestMedia media) =>
        FrameSizing.ForImage(media.Start!.Header.Width, media.Start.Header.Height, request.Resolution.PixelBudget);

    private VideoEncoder OpenEncoder(ClipRequest request, FrameSize size, string outputPath) => VideoEncoder.Open(ffmpeg, new VideoEncoderOptions
    {
        Size = size,
        Rate = s_rate,
        FrameCount = s_rate.CountFrames(VideoBrief.DurationOf(request.Shots)),
        OutputPath = outputPath,
        HasSoundtrack = request.GenerateAudio,
    });

    private async Task<(VideoBrief? Brief, IReadOnlyList<Violation> Violations)> DecodeAsync(
        ClipRequest request, RequestMedia media, FrameSize size, CancellationToken cancellationToken)
    {
        var decoding = Task.WhenAll(media.Elements.Select(element => DecodeAsync(element, VideoBrief.DurationOf(request.Shots), cancellationToken)));
        var frames = await Task.WhenAll(DecodeAsync(media.Start, size, cancellationToken), DecodeAsync(media.End, size, cancellationToken));
        var elements = await decoding;
        var violations = frames.Select(image => image.Violation).OfType<Violation>().Concat(elements.SelectMany(element => element.Violations)).ToList();
        return violations.Count > 0
            ? (null, violations)
            : (CreateBrief(request, size, frames[0].Image!, frames[1].Image) with { Elements = [.. elements.Select(element => element.Brief)] }, violations);
    }

    private async Task<(ElementBrief Brief, IReadOnlyList<Violation> Violations)> DecodeAsync(FetchedElement element, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (element is { Video: { } video, VideoPath: { } path })
        {
            var (footage, violation) = await _elementVideo.ReadAsync(video, path, s_rate, longest, cancellationToken);
            return (new ElementBrief { Footage = footage, FootageRate = s_rate }, violation is null ? [] : [violation]);
        }
        var views = await Task.WhenAll(element.Images.Select(image => DecodeAsync(image, path => decoder.DecodeInsideAsync(path, MaxElementPixels, cancellationToken))));
        return (new ElementBrief { Views = [.. views.Select(view => view.Image).OfType<Image>()] }, [.. views.Select(view => view.Violation).OfType<Violation>()]);
    }

    private Task<(Image? Image, Violation? Violation)> DecodeAsync(FetchedImage? image, FrameSize size, CancellationToken cancellationToken) => image is null
        ? Task.FromResult<(Image?, Violation?)>((null, null))
        : DecodeAsync(image, path => decoder.DecodeAsync(path, size, cancellationToken));

    private static async Task<(Image? Image, Violation? Violation)> DecodeAsync(FetchedImage image, Func<string, Task<Image>> decode)
    {
        try
        {
            return (await decode(image.Path), null);
        }
        catch (MediaException problem) when (problem is UnsupportedMediaException or MediaTooLargeException or DamagedMediaException)
        {
            return (null, ImageInspection.Explain(image.Reference, problem));
        }
    }

    private static VideoBrief CreateBrief(ClipRequest request, FrameSize size, Image start, Image? end) => new()
    {
        Shots = request.Shots,
        StartImage = start,
        EndImage = end,
        GenerateAudio = request.GenerateAudio,
        NegativePrompt = request.NegativePrompt,
        CfgScale = request.CfgScale,
        DirectorMayCut = request.DirectorMayCut,
        Seed = request.Seed ?? SeedDerivation.Derive(request, start, end),
        Size = size,
        Rate = s_rate,
    };
}
