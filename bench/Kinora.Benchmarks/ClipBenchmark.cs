using System.Diagnostics;
using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;
using Kinora.Rendering;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Engines;
using Kinora.Server.Fetching;
using static Kinora.Benchmarks.Report;

namespace Kinora.Benchmarks;

/// <summary>
/// The wall time of a 5 s clip, from the picture's file to the finished MP4 in a warm process, previews included, against two peers on the same picture:
/// encoding the very same frames alone with the same settings, and ffmpeg's <c>zoompan</c> at the same size, length and settings.
/// </summary>
internal static class ClipBenchmark
{
    private const int Rounds = 3;

    /// <summary>A server prepares for its next clip once one is done; that is over by then, so it runs beside neither peer.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(0.1);

    /// <summary>Clips before the first measurement: by then the runtime has compiled for good what a server that has run for a minute runs.</summary>
    private const int WarmUpClips = 6;

    /// <summary>Plans that only move the camera: at most 1.25 times the encoder alone.</summary>
    public static Task RunCameraAsync(Report report) => RunAsync(report, "camera only", "Camera slowly pans to the right.", 1.25, _ => true);

    /// <summary>Plans that lift a subject off, on the pictures where one can be: at most 1.6 times.</summary>
    public static Task RunLayersAsync(Report report) =>
        RunAsync(report, "subject layer", "Camera slowly orbits to the right.", 1.6, plan => plan.Contains("lifted off", StringComparison.Ordinal));

    /// <summary>Plans with three effects: at most 1.8 times.</summary>
    public static Task RunEffectsAsync(Report report) =>
        RunAsync(report, "three effects", "Camera slowly pans to the right. Snow falls, fog drifts, film grain.", 1.8, _ => true);

    private static async Task RunAsync(Report report, string title, string prompt, double limit, Func<string, bool> belongs)
    {
        var ffmpeg = await FfmpegInstallation.FindAsync(directory: null, CancellationToken.None);
        var photos = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "photos"), "*.jpg").Order(StringComparer.Ordinal).ToList();
        await WarmUpAsync(ffmpeg, RequestFor(photos[0], prompt));
        report.Section($"A 5 s clip at 24 fps, {title}: against encoding its frames alone (limit {Number(limit)})",
            "picture", "size", "whole path s", "encode alone s", "ratio", "zoompan s", "decode s", "analysis s", "rendering alone s");
        List<(double Alone, double Zoompan)> ratios = [];
        foreach (var photo in photos)
        {
            if (await MeasureAsync(report, ffmpeg, photo, prompt, belongs) is { } measured)
                ratios.Add(measured);
        }
        report.Row($"**median of {ratios.Count}**", "", "", "", $"**{Number(Measure.Median(ratios.Select(ratio => ratio.Alone)))}**",
            $"{Number(Measure.Median(ratios.Select(ratio => ratio.Zoompan)))} of it", "", "", "");
    }

    private static async Task WarmUpAsync(FfmpegInstallation ffmpeg, ClipRequest request)
    {
        using var folder = new ScratchFolder();
        await using var decoder = new ImageDecoder(ffmpeg);
        var generator = new VideoGenerator(ffmpeg, decoder, expectsMore: true);
        for (var clip = 0; clip < WarmUpClips; clip++)
            await GenerateAsync(generator, request, Path.Combine(folder.Path, "warm.mp4"));
    }

    private static async Task<(double Alone, double Zoompan)?> MeasureAsync(Report report, FfmpegInstallation ffmpeg, string photo, string prompt, Func<string, bool> belongs)
    {
        using var folder = new ScratchFolder();
        var request = RequestFor(photo, prompt);
        var brief = await PrepareAsync(ffmpeg, request, photo);
        var (plan, frames) = Render(brief);
        if (!belongs(plan))
            return null;
        await using var decoder = new ImageDecoder(ffmpeg);
        var generator = new VideoGenerator(ffmpeg, decoder, expectsMore: true);
        Func<Task>[] peers =
        [
            () => GenerateAsync(generator, request, Path.Combine(folder.Path, "whole.mp4")),
            () => EncodeAsync(ffmpeg, frames, Path.Combine(folder.Path, "alone.mp4")),
            () => ZoompanAsync(ffmpeg, photo, brief.Size, frames.Count, Path.Combine(folder.Path, "zoompan.mp4")),
        ];
        var seconds = await Measure.InterleavedAsync(peers, Rounds, s_rest);
        var (alone, zoompan) = (Measure.MedianRatio(seconds[0], seconds[1]), Measure.MedianRatio(seconds[0], seconds[2]));
        var (decode, analysis, rendering) = await MeasureStagesAsync(ffmpeg, request, photo);
        report.Row(
            Path.GetFileName(photo), brief.Size.ToString(), Number(Measure.Median(seconds[0])), Number(Measure.Median(seconds[1])), Number(alone),
            Number(Measure.Median(seconds[2])), Number(decode), Number(analysis), Number(rendering));
        return (alone, zoompan);
    }

    private static async Task GenerateAsync(VideoGenerator generator, ClipRequest request, string path)
    {
        using var previews = new PreviewFeed(new PreviewBoard(), Guid.Empty, TimeProvider.System);
        await generator.GenerateAsync(new MotionEngine(speaker: null), request, Local, path, new Watcher(previews), CancellationToken.None);
    }

    /// <summary>Seconds of each stage by itself, medians: decoding the picture, looking at it, rendering all frames without an encoder beside it.</summary>
    private static async Task<(double Decode, double Analysis, double Rendering)> MeasureStagesAsync(FfmpegInstallation ffmpeg, ClipRequest request, string photo)
    {
        List<double> decode = [], analysis = [], rendering = [];
        for (var round = 0; round < Rounds; round++)
        {
            ClipBrief? brief = null;
            decode.Add(await Measure.SecondsAsync(async () => brief = await PrepareAsync(ffmpeg, request, photo)));
            MotionClip? clip = null;
            analysis.Add(await Measure.SecondsAsync(() => Task.Run(() => clip = MotionClip.Create(brief!))));
            using (clip)
            {
                var frame = new VideoFrame(brief!.Size);
                rendering.Add(await Measure.SecondsAsync(() => Task.Run(() =>
                {
                    for (var index = 0; index < clip!.FrameCount; index++)
                        clip.RenderFrame(index, frame);
                })));
            }
        }

        return (Measure.Median(decode), Measure.Median(analysis), Measure.Median(rendering));
    }

    private static ClipRequest RequestFor(string photo, string prompt)
    {
        var input = new JsonObject { ["prompt"] = prompt, ["image_url"] = "https://local.invalid/" + Path.GetFileName(photo) };
        var endpoint = KlingEndpoints.All.Single(endpoint => endpoint.Id.Contains("/o3/standard/", StringComparison.Ordinal));
        return ((InputValidation.Accepted)endpoint.Validate(input)).Request;
    }

    private static Task<FetchOutcome> Local(MediaReference reference, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(AppContext.BaseDirectory, "photos", Path.GetFileName(new Uri(reference.Url).AbsolutePath)));
        return Task.FromResult<FetchOutcome>(new FetchOutcome.Fetched(file.FullName, file.Length));
    }

    private static async Task<ClipBrief> PrepareAsync(FfmpegInstallation ffmpeg, ClipRequest request, string photo)
    {
        var header = ImageHeader.Read(photo);
        var size = FrameSizing.ForImage(header.Width, header.Height);
        return new ClipBrief
        {
            Shots = [.. request.Shots.Select(shot => new Shot(shot.Prompt, shot.Duration))],
            StartImage = await new ImageDecoder(ffmpeg).DecodeAsync(photo, size, CancellationToken.None),
            Size = size,
            Rate = new FrameRate(24),
        };
    }

    private static (string Plan, List<VideoFrame> Frames) Render(ClipBrief brief)
    {
        using var clip = MotionClip.Create(brief);
        var frames = new List<VideoFrame>();
        for (var index = 0; index < clip.FrameCount; index++)
        {
            frames.Add(new VideoFrame(brief.Size));
            clip.RenderFrame(index, frames[^1]);
        }

        return (clip.Plan.ToString(), frames);
    }

    private static async Task EncodeAsync(FfmpegInstallation ffmpeg, List<VideoFrame> frames, string path)
    {
        await using var encoder = VideoEncoder.Open(ffmpeg, OptionsFor(frames[0].Size, frames.Count, path));
        foreach (var frame in frames)
            await encoder.WriteFrameAsync(frame, CancellationToken.None);
        await encoder.CompleteAsync(CancellationToken.None);
    }

    /// <summary>What people do without Kinora: one ffmpeg that scales, moves and encodes, with the encoder's own settings.</summary>
    private static async Task ZoompanAsync(FfmpegInstallation ffmpeg, string photo, FrameSize size, int frames, string path)
    {
        var encoder = EncoderArguments.Create(OptionsFor(size, frames, path), soundtrackPath: null);
        var output = encoder.Skip(encoder.ToList().IndexOf("-map")).ToList();
        output[output.IndexOf("-vf") + 1] = $"zoompan=z='1+0.001*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d={frames}:s={size}:fps=24,{output[output.IndexOf("-vf") + 1]}";
        using var process = Process.Start(new ProcessStartInfo(ffmpeg.FfmpegPath, ["-v", "error", "-nostdin", "-y", "-i", photo, .. output]))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"zoompan ended with {process.ExitCode}.");
    }

    private static VideoEncoderOptions OptionsFor(FrameSize size, int frames, string path) =>
        new() { Size = size, Rate = new FrameRate(24), FrameCount = frames, OutputPath = path };

    /// <summary>Does what a job's observer does, but for the store.</summary>
    private sealed class Watcher(PreviewFeed previews) : IEngineObserver
    {
        public void Report(string phase, double fraction) => previews.Report(phase, fraction);

        public void Preview(VideoFrame frame) => previews.Offer(frame);

        public void Log(string message)
        {
        }

        public void Warn(string message)
        {
        }
    }
}
