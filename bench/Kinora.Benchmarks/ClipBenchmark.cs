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
/// The wall time of a 5 s clip, from the picture's file to the finished MP4 in a warm process, against encoding the same frames alone with the same settings.
/// </summary>
internal static class ClipBenchmark
{
    private const int Rounds = 5;
    private static readonly string[] Photos = ["dandelion.jpg", "mountain.jpg", "stream.jpg"];

    public static async Task RunAsync(Report report)
    {
        report.Section("A 5 s clip at 24 fps against encoding its frames alone (limit 2.0)", "picture", "size", "whole path s", "encode alone s", "ratio", "of it decode s", "analysis s", "rendering alone s");
        var ffmpeg = await FfmpegInstallation.FindAsync(directory: null, CancellationToken.None);
        foreach (var photo in Photos)
            await MeasureAsync(report, ffmpeg, Path.Combine(AppContext.BaseDirectory, "photos", photo));
    }

    private static async Task MeasureAsync(Report report, FfmpegInstallation ffmpeg, string photo)
    {
        using var folder = new ScratchFolder();
        var request = RequestFor(photo);
        var generator = new VideoGenerator(ffmpeg);
        var engine = new MotionEngine(speaker: null);
        var frames = await RenderAsync(ffmpeg, request, photo);
        var (whole, alone, ratio) = await Measure.PairAsync(
            () => generator.GenerateAsync(engine, request, Local, Path.Combine(folder.Path, "whole.mp4"), new Silence(), CancellationToken.None),
            () => EncodeAsync(ffmpeg, frames, Path.Combine(folder.Path, "alone.mp4")),
            Rounds);
        var (decode, analysis, rendering) = await MeasureStagesAsync(ffmpeg, request, photo);
        report.Row(Path.GetFileName(photo), frames[0].Size.ToString(), Number(whole), Number(alone), Number(ratio), Number(decode), Number(analysis), Number(rendering));
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

    private static ClipRequest RequestFor(string photo)
    {
        var input = new System.Text.Json.Nodes.JsonObject { ["prompt"] = "Camera slowly orbits to the right.", ["image_url"] = "https://local.invalid/" + Path.GetFileName(photo) };
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

    private static async Task<List<VideoFrame>> RenderAsync(FfmpegInstallation ffmpeg, ClipRequest request, string photo)
    {
        var brief = await PrepareAsync(ffmpeg, request, photo);
        using var clip = MotionClip.Create(brief);
        var frames = new List<VideoFrame>();
        for (var index = 0; index < clip.FrameCount; index++)
        {
            frames.Add(new VideoFrame(brief.Size));
            clip.RenderFrame(index, frames[^1]);
        }

        return frames;
    }

    private static async Task EncodeAsync(FfmpegInstallation ffmpeg, List<VideoFrame> frames, string path)
    {
        await using var encoder = VideoEncoder.Open(ffmpeg, new VideoEncoderOptions { Size = frames[0].Size, Rate = new FrameRate(24), FrameCount = frames.Count, OutputPath = path });
        foreach (var frame in frames)
            await encoder.WriteFrameAsync(frame, CancellationToken.None);
        await encoder.CompleteAsync(CancellationToken.None);
    }

    private sealed class Silence : IEngineObserver
    {
        public void Report(string phase, double fraction)
        {
        }

        public void Log(string message)
        {
        }

        public void Warn(string message)
        {
        }
    }
}
