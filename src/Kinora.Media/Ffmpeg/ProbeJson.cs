using System.Globalization;
using System.Text.Json;

namespace Kinora.Media.Ffmpeg;

/// <summary>ffprobe's JSON to <see cref="VideoInfo"/>. Numbers that are missing or senseless are left out, never guessed.</summary>
internal static class ProbeJson
{
    /// <summary>The first video and audio stream; null if there is no video stream with a size.</summary>
    public static VideoInfo? Read(JsonElement root, string container)
    {
        var streams = root.TryGetProperty("streams", out var list) ? list.EnumerateArray().ToList() : [];
        var video = streams.FirstOrDefault(stream => Text(stream, "codec_type") == "video");
        if (video.ValueKind != JsonValueKind.Object || Number(video, "width") is not (> 0 and var width) || Number(video, "height") is not (> 0 and var height))
            return null;
        var rotation = Rotation(video);
        var audio = streams.FirstOrDefault(stream => Text(stream, "codec_type") == "audio");
        return new VideoInfo
        {
            Container = container,
            Codec = Text(video, "codec_name") ?? "unknown",
            Profile = Text(video, "profile"),
            PixelFormat = Text(video, "pix_fmt"),
            Width = rotation % 180 == 0 ? width : height,
            Height = rotation % 180 == 0 ? height : width,
            RotationDegrees = rotation,
            Rate = Rate(Text(video, "avg_frame_rate")),
            Duration = Duration(video) ?? (root.TryGetProperty("format", out var format) ? Duration(format) : null) ?? TimeSpan.Zero,
            FrameCount = Number(video, "nb_read_packets") ?? 0,
            Color = new ColorTags(Text(video, "color_range"), Text(video, "color_space"), Text(video, "color_transfer"), Text(video, "color_primaries")),
            Audio = audio.ValueKind == JsonValueKind.Object ? ReadAudio(audio) : null,
        };
    }

    private static AudioInfo ReadAudio(JsonElement audio) =>
        new(Text(audio, "codec_name") ?? "unknown", Number(audio, "sample_rate") ?? 0, Number(audio, "channels") ?? 0, Duration(audio) ?? TimeSpan.Zero);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static int? Number(JsonElement element, string name) =>
        int.TryParse(Text(element, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A duration in seconds; more than a day counts as not told.</summary>
    private static TimeSpan? Duration(JsonElement element) =>
        double.TryParse(Text(element, "duration"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static FrameRate? Rate(string? fraction)
    {
        var parts = fraction?.Split('/') ?? [];
        return parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var numerator) && numerator > 0
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var denominator) && denominator > 0
            ? new FrameRate(numerator, denominator)
            : null;
    }

    /// <summary>ffprobe gives the display matrix as counter-clockwise degrees.</summary>
    private static int Rotation(JsonElement video)
    {
        if (!video.TryGetProperty("side_data_list", out var list))
            return 0;
        foreach (var data in list.EnumerateArray())
        {
            if (Number(data, "rotation") is { } degrees)
                return (((-degrees % 360) + 360) % 360) / 90 * 90;
        }

        return 0;
    }
}
