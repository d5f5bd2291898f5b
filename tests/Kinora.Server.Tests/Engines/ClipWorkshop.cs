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

    /// <summary>The clip, and what the engine wrote about it: plan, notes and warnings.</summary>
    public async Task<(string Path, string Log)> MakeWithLogAsync(string endpoint, JsonObject input, string start, string? end = null)
    {
        var observer = new LogObserver();
        var outcome = await TryMakeAsync(endpoint, input, start, end, "clip.mp4", observer);
        return (Assert.IsType<GenerationOutcome.Made>(outcome).Path, observer.ToString());
    }

    public async Task<GenerationOutcome> TryMakeAsync(
        string endpointId, JsonObject input, string start, string? end = null, string name = "clip.mp4", IEngineObserver? observer = null)
    {
        var endpoint = KlingEndpoints.All.Single(endpoint => endpoint.Id == endpointId);
        var pictures = new Dictionary<string, string> { [StartFieldOf(endpoint)] = start };
        if (end is not null)
            pictures["end_image_url"] = end;
        using var generation = await LocalGeneration.OpenAsync(options: null, CancellationToken.None);
        return await generation.GenerateAsync(endpoint, input, pictures, PathOf(name), observer ?? new LogObserver(), CancellationToken.None);
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

    /// <summary>Peak signal-to-noise ratio in decibels of all three planes together, as they are encoded: 4:2:0.</summary>
    public static double Psnr(VideoFrame a, VideoFrame b)
    {
        Assert.Equal(a.Size, b.Size);
        double sum = 0;
        for (var i = 0; i < a.Data.Length; i++)
            sum += (a.Data[i] - b.Data[i]) * (a.Data[i] - b.Data[i]);
        return 10 * Math.Log10(255 * 255 / Math.Max(1e-6, sum / a.Data.Length));
    }

    public void Dispose() => _scratch.Dispose();

    private static string StartFieldOf(ModelEndpoint endpoint) => endpoint.Input.Fields.Single(field => field.IsRequired).Name;
}
