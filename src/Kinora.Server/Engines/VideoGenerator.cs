using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;
using Kinora.Rendering;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Engines;

/// <summary>
/// From an accepted request to an MP4: bring the media, check them, decode them, let the engine render, encode while it does.
/// The job worker and the command line both end here.
/// </summary>
internal sealed class VideoGenerator(FfmpegInstallation ffmpeg, IVideoEngine engine)
{
    /// <summary>What the hosted models give.</summary>
    private static readonly FrameRate Rate = new(24);

    private readonly ImageDecoder _decoder = new(ffmpeg);

    /// <summary>Makes the clip.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="fetch">Brings the media that the request names.</param>
    /// <param name="outputPath">Where to write the MP4.</param>
    /// <param name="observer">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it within a frame and leaves nothing behind.</param>
    public async Task<GenerationOutcome> GenerateAsync(
        ClipRequest request, FetchMedia fetch, string outputPath, IEngineObserver observer, CancellationToken cancellationToken)
    {
        using var scratch = ScratchDirectory.Create();
        observer.Report("fetching", 0);
        var media = await RequestMedia.BringAsync(request, fetch, scratch, cancellationToken);
        if (media.Violations.Count > 0)
            return new GenerationOutcome.Refused(media.Violations);

        var size = FrameSizing.ForImage(media.Start!.Header.Width, media.Start.Header.Height, request.Resolution.PixelBudget);
        await using var encoder = OpenEncoder(request, size, outputPath);
        encoder.StartAhead();
        observer.Report("decoding", 0.01);
        var decoded = await Task.WhenAll(DecodeAsync(media.Start, size, cancellationToken), DecodeAsync(media.End, size, cancellationToken));
        if (decoded.Select(image => image.Violation).OfType<Violation>().ToList() is { Count: > 0 } violations)
            return new GenerationOutcome.Refused(violations);
        if (request.Elements.Count > 0)
            observer.Warn($"The {engine.Name} engine does not draw elements; the clip is made without them.");

        var brief = CreateBrief(request, size, decoded[0].Image!, decoded[1].Image);
        await engine.GenerateAsync(brief, encoder, observer, cancellationToken);
        observer.Report("finishing", 0.97);
        var video = await encoder.CompleteAsync(cancellationToken);
        observer.Report("done", 1);
        return new GenerationOutcome.Made(video.Path, video.Bytes, video.Duration, brief.Seed);
    }

    private VideoEncoder OpenEncoder(ClipRequest request, FrameSize size, string outputPath) => VideoEncoder.Open(ffmpeg, new VideoEncoderOptions
    {
        Size = size,
        Rate = Rate,
        FrameCount = Rate.CountFrames(VideoBrief.DurationOf(request.Shots)),
        OutputPath = outputPath,
        HasSoundtrack = request.GenerateAudio,
    });

    private async Task<(Image? Image, Violation? Violation)> DecodeAsync(FetchedImage? image, FrameSize size, CancellationToken cancellationToken)
    {
        if (image is null)
            return (null, null);
        try
        {
            return (await _decoder.DecodeAsync(image.Path, size, cancellationToken), null);
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
        Rate = Rate,
    };
}
