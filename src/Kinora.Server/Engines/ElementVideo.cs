using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Engines;

/// <summary>An element given as a video: held against its endpoint's limits, and its first frame taken as a picture.</summary>
internal sealed class ElementVideo(FfmpegInstallation ffmpeg)
{
    private readonly VideoProbe _probe = new(ffmpeg);

    /// <summary>Checks the video and reads its first frame.</summary>
    /// <returns>The frame, RGB, or the first thing that is wrong.</returns>
    public async Task<(Image? Image, Violation? Violation)> ReadAsync(MediaReference reference, string path, CancellationToken cancellationToken)
    {
        try
        {
            var info = await _probe.ProbeAsync(path, cancellationToken);
            if (Check(reference, info) is { } violation)
                return (null, violation);
            var size = new FrameSize(info.Width & ~1, info.Height & ~1);
            await using var reader = VideoFrameReader.Open(ffmpeg, path, size, info.Rate ?? new FrameRate(24));
            var frame = new VideoFrame(size);
            return await reader.ReadAsync(frame, cancellationToken) ? (Yuv420.ToImage(frame), null) : (null, Unreadable(reference));
        }
        catch (MediaException problem) when (problem is UnsupportedMediaException or DamagedMediaException or MediaTooLargeException)
        {
            return (null, problem is UnsupportedMediaException ? Unsupported(reference) : Unreadable(reference));
        }
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
