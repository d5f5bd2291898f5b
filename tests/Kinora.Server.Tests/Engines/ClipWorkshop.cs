using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Media.Ffmpeg;
using Kinora.Media.Images;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;
using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

/// <summary>Makes clips on the server's own path without HTTP, and reads them back.</summary>
internal sealed class ClipWorkshop : IDisposable
{
    private readonly ScratchDirectory _scratch = ScratchDirectory.Create();

    private ClipWorkshop(FfmpegInstallation ffmpeg) => Ffmpeg = ffmpeg;

    public FfmpegInstallation Ffmpeg { get; }

    public static async Task<ClipWorkshop> OpenAsync() => new(await FfmpegInstallation.FindAsync(directory: null, CancellationToken.None));

    public string PathOf(string name) => _scratch.PathOf(name);

    public async Task<string> MakeAsync(string endpoint, JsonObject input, string start, string? end = null, string name = "clip.mp4")
    {
        var outcome = await TryMakeAsync(endpoint, input, start, end, name);
        return Assert.IsType<GenerationOutcome.Made>(outcome).Path;
    }

    public async Task<GenerationOutcome> TryMakeAsync(string endpointId, JsonObject input, string start, string? end = null, string name = "clip.mp4")
    {
        var endpoint = KlingEndpoints.All.Single(endpoint => endpoint.Id == endpointId);
        var pictures = new Dictionary<string, string> { [StartFieldOf(endpoint)] = start };
        if (end is not null)
            pictures["end_image_url"] = end;
        using var generation = await LocalGeneration.OpenAsync(options: null, CancellationToken.None);
        return await generation.GenerateAsync(endpoint, input, pictures, PathOf(name), new SilentObserver(), CancellationToken.None);
    }

    public Task<VideoInfo> ProbeAsync(string path) => new VideoProbe(Ffmpeg).ProbeAsync(path, CancellationToken.None);

    /// <summary>The first and the last frame.</summary>
    public async Task<(VideoFrame First, VideoFrame Last)> ReadEndsAsync(string path)
    {
        var info = await ProbeAsync(path);
        var size = new FrameSize(info.Width, info.Height);
        await using var reader = VideoFrameReader.Open(Ffmpeg, path, size, info.Rate!.Value);
        var (first, last, next) = (new VideoFrame(size), new VideoFrame(size), new VideoFrame(size));
        Assert.True(await reader.ReadAsync(first, CancellationToken.None));
        while (await reader.ReadAsync(next, CancellationToken.None))
            (last, next) = (next, last);
        return (first, last);
    }

    /// <summary>A picture as the engine gets it, as a video frame.</summary>
    public async Task<VideoFrame> PrepareAsync(string picture, FrameSize size) =>
        Yuv420.FromImage(await new ImageDecoder(Ffmpeg).DecodeAsync(picture, size, CancellationToken.None));

    /// <summary>Peak signal-to-noise ratio of the luma in decibels.</summary>
    public static double LumaPsnr(VideoFrame a, VideoFrame b)
    {
        var left = a.Y;
        var right = b.Y;
        Assert.Equal(left.Length, right.Length);
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        return 10 * Math.Log10(255 * 255 / (sum / left.Length));
    }

    public void Dispose() => _scratch.Dispose();

    private static string StartFieldOf(ModelEndpoint endpoint) => endpoint.Input.Fields.Single(field => field.IsRequired).Name;

    private sealed class SilentObserver : IEngineObserver
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
