using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Engines;

/// <summary>An element given as a video: held against its endpoint's limits, and its frames read in a child process at a size that bounds the memory.</summary>
internal sealed class ElementVideo(FfmpegInstallation ffmpeg)
{
    /// <summary>All frames of an element together.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>An element is half the frame's height; more pixels would not be seen.</summary>
    private const double MostPixels = 640 * 480;

    private readonly VideoProbe _probe = new(ffmpeg);

    /// <summary>Checks the video and reads its frames.</summary>
    /// <param name="reference">The field that named it.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="rate">Frames are repeated or left out to keep this rate.</param>
    /// <param name="longest">No more than this is read.</param>
    /// <param name="cancellationToken">Stops the child.</param>
    /// <returns>The frames, or none and the first thing that is wrong.</returns>
    public async Task<(IReadOnlyList<VideoFrame> Frames, Violation? Violation)> ReadAsync(
        MediaReference reference, string path, FrameRate rate, TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            var info = await _probe.ProbeAsync(path, cancellationToken);
            if (Check(reference, info) is { } violation)
                return ([], violation);
            var count = Math.Max(1, rate.CountFrames(longest < info.Duration ? longest : info.Duration));
            var frames = await ReadAsync(path, SizeFor(info, count), rate, count, cancellationToken);
            return (frames, frames.Count == 0 ? Unreadable(reference) : null);
        }
        catch (MediaException problem) when (problem is UnsupportedMediaException or DamagedMediaException or MediaTooLargeException)
        {
            return ([], problem is UnsupportedMediaException ? Unsupported(reference) : Unreadable(reference));
        }
    }

    private async Task<List<VideoFrame>> ReadAsync(string path, FrameSize size, FrameRate rate, int count, CancellationToken cancellationToken)
    {
        await using var reader = VideoFrameReader.Open(ffmpeg, path, size, rate);
        var frames = new List<VideoFrame>(count);
        for (var frame = new VideoFrame(size); frames.Count < count && await reader.ReadAsync(frame, cancellationToken); frame = new VideoFrame(size))
            frames.Add(frame);
        return frames;
    }

    // The video's own aspect, as large as is of use and as the bytes allow: a pixel of 4:2:0 has one and a half.
    private static FrameSize SizeFor(VideoInfo info, int count)
    {
        var pixels = Math.Min(MostPixels, MostBytes / 1.5 / count);
        var scale = Math.Min(1, Math.Sqrt(pixels / ((double)info.Width * info.Height)));
        return new FrameSize((int)(info.Width * scale) & ~1, (int)(info.Height * scale) & ~1);
    }

    private static Violation? Check(MediaReference reference, VideoInfo info)
    {
        var limits = reference.Limits;
        if (Math.Min(info.Width, info.Height) < limits.MinSidePixels)
            return Violation(reference, "image_too_small", $"Video too small. Minimum dimensions are {limits.MinSidePixels}x{limits.MinSidePixels} pixels.", new JsonObject { ["min_height"] = limits.MinSidePixels, ["min_width"] = limits.MinSidePixels });
        if (Math.Max(info.Width, info.Height) > limits.MaxSidePixels)
            return Violation(reference, "image_too_large", $"Video too large. Maximum dimensions are {limits.MaxSidePixels}x{limits.MaxSidePixels} pixels.", new JsonObject { ["max_height"] = limits.MaxSidePixels, ["max_width"] = limits.MaxSidePixels });
        if (info.Duration < limits.MinDuration)
            return Violation(reference, "video_duration_too_short", $"The video is shorter than {limits.MinDuration.Value.TotalSeconds} s.", Durations("min_duration", limits.MinDuration.Value, info.Duration));
        return info.Duration > limits.MaxDuration
            ? Violation(reference, "video_duration_too_long", $"The video is longer than {limits.MaxDuration.Value.TotalSeconds} s.", Durations("max_duration", limits.MaxDuration.Value, info.Duration))
            : null;
    }

    private static JsonObject Durations(string limit, TimeSpan value, TimeSpan provided) =>
        new() { [limit] = value.TotalSeconds, ["provided_duration"] = provided.TotalSeconds };

    private static Violation Unsupported(MediaReference reference) => Violation(
        reference,
        "unsupported_video_format",
        $"Unsupported video format; supported are {string.Join(", ", reference.Limits.Formats)}.",
        new JsonObject { ["supported_formats"] = new JsonArray([.. reference.Limits.Formats.Select(format => (JsonNode)format)]) });

    private static Violation Unreadable(MediaReference reference) =>
        Violation(reference, "unsupported_video_format", "The video could not be read: the file is damaged or incomplete.", null);

    private static Violation Violation(MediaReference reference, string type, string message, JsonObject? context) =>
        new(reference.Location, message, type, context, reference.QuoteUrl());
}
