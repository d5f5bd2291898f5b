using System.Globalization;

namespace Kinora.Media.Ffmpeg;

/// <summary>
/// Streams the frames of a foreign video out of a child process under limits: upright, at a constant frame rate, filling the wanted size and cut to its middle,
/// BT.709 limited range. One frame is in memory at a time. One caller at a time; disposing stops the child.
/// </summary>
public sealed class VideoFrameReader : IAsyncDisposable
{
    private static readonly TimeSpan s_stallTimeout = TimeSpan.FromSeconds(60);

    private readonly FrameSize _size;
    private readonly string _container;
    private readonly TimeProvider _time;
    private readonly ScratchDirectory _scratch;
    private readonly ChildProcess _child;
    private bool _ended;

    private VideoFrameReader(ChildProcess child, ScratchDirectory scratch, FrameSize size, string container, TimeProvider time) =>
        (_child, _scratch, _size, _container, _time) = (child, scratch, size, container, time);

    /// <summary>Starts reading a file: MP4, QuickTime, Matroska or WebM by content. Check it with <see cref="VideoProbe"/> first.</summary>
    /// <param name="ffmpeg">The programs.</param>
    /// <param name="path">The file.</param>
    /// <param name="size">What every frame will be.</param>
    /// <param name="rate">Frames are repeated or left out to keep this rate.</param>
    /// <param name="time">For the time limit of a frame; the system's if null.</param>
    /// <exception cref="UnsupportedMediaException">It is none of these containers.</exception>
    public static VideoFrameReader Open(FfmpegInstallation ffmpeg, string path, FrameSize size, FrameRate rate, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(ffmpeg);
        var demuxer = VideoContainer.DemuxerOf(path);
        var scratch = ScratchDirectory.Create();
        try
        {
            var child = ChildProcess.Start(ffmpeg.FfmpegPath, Arguments(path, demuxer, size, rate), scratch.FullPath, VideoContainer.Limits);
            child.Input.Close();
            PipeBuffer.Enlarge(child.Output);
            return new VideoFrameReader(child, scratch, size, demuxer, time ?? TimeProvider.System);
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next frame into <paramref name="frame"/>; false after the last.</summary>
    /// <exception cref="ArgumentException">The frame has another size.</exception>
    /// <exception cref="DamagedMediaException">The file is damaged.</exception>
    /// <exception cref="ChildFailedException">The child was killed from outside or crashed.</exception>
    /// <exception cref="ChildTimeoutException">No frame came for a minute.</exception>
    public async Task<bool> ReadAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Size != _size)
            throw new ArgumentException($"Expected a frame of {_size}, got {frame.Size}.", nameof(frame));
        if (_ended)
            return false;
        using var expiry = new CancellationTokenSource(s_stallTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        await using var kill = _child.KillOn(either.Token);
        try
        {
            var count = await _child.Output.ReadAtLeastAsync(frame.Data, frame.Data.Length, throwOnEndOfStream: false, either.Token);
            if (count == frame.Data.Length)
                return true;
            await EndAsync(count, either.Token);
            return false;
        }
        catch (OperationCanceledException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChildTimeoutException(_child.Name, s_stallTimeout, e);
        }
    }

    /// <summary>Stops the child and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        using var last = _scratch;
        await _child.DisposeAsync();
    }

    private async Task EndAsync(int bytesOfLastFrame, CancellationToken cancellationToken)
    {
        _ended = true;
        var exit = await _child.WaitForExitAsync(cancellationToken);
        if (exit.Signal is not null)
            throw _child.Failed(exit);
        if (!exit.Succeeded)
            throw new DamagedMediaException($"The {_container} file is damaged: {_child.Failed(exit).ErrorOutput}", _child.Failed(exit));
        if (bytesOfLastFrame != 0)
            throw new DamagedMediaException($"The {_container} file is damaged: its last frame is incomplete.");
    }

    private static string[] Arguments(string path, string demuxer, FrameSize size, FrameRate rate)
    {
        var (width, height) = (size.Width.ToString(CultureInfo.InvariantCulture), size.Height.ToString(CultureInfo.InvariantCulture));
        var filters = $"fps={rate},scale={width}:{height}:force_original_aspect_ratio=increase:out_color_matrix=bt709:out_range=tv"
            + $":flags=lanczos+accurate_rnd+full_chroma_inp+bitexact,crop={width}:{height},format=yuv420p";
        return
        [
            "-hide_banner", "-v", "error", "-nostdin", "-threads", "2", .. VideoContainer.InputOptions(path, demuxer),
            "-map", "0:v:0", "-an", "-filter_threads", "1", "-vf", filters, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1",
        ];
    }
}
