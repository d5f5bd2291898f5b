using System.Text.Json;

namespace Kinora.Media.Ffmpeg;

/// <summary>Reads what a foreign video file says about itself, in a child under limits. The caller checks it against its own limits.</summary>
public sealed class VideoProbe(FfmpegInstallation ffmpeg, TimeProvider? time = null)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    /// <summary>Probes a file: MP4, QuickTime, Matroska or WebM by content.</summary>
    /// <exception cref="UnsupportedMediaException">It is none of them.</exception>
    /// <exception cref="DamagedMediaException">It is damaged or holds no video.</exception>
    /// <exception cref="ChildFailedException">The child was killed from outside or crashed.</exception>
    /// <exception cref="ChildTimeoutException">It took over a minute.</exception>
    public async Task<VideoInfo> ProbeAsync(string path, CancellationToken cancellationToken)
    {
        var demuxer = VideoContainer.DemuxerOf(path);
        using var scratch = ScratchDirectory.Create();
        string[] arguments =
        [
            "-hide_banner", "-v", "error", "-of", "json", "-count_packets", "-show_format", "-show_streams", .. VideoContainer.InputOptions(path, demuxer),
        ];
        try
        {
            var json = await ChildOutput.ReadTextAsync(
                ffmpeg.FfprobePath, arguments, scratch.FullPath, VideoContainer.Limits, s_timeout, time ?? TimeProvider.System, cancellationToken);
            using var document = JsonDocument.Parse(json);
            return ProbeJson.Read(document.RootElement, demuxer) ?? throw new DamagedMediaException($"The {demuxer} file holds no video.");
        }
        catch (ChildFailedException e) when (e.Signal is null)
        {
            throw new DamagedMediaException($"The {demuxer} file is damaged: {e.ErrorOutput}", e);
        }
        catch (JsonException e)
        {
            throw new DamagedMediaException($"The {demuxer} file is damaged: its streams could not be listed.", e);
        }
    }
}
