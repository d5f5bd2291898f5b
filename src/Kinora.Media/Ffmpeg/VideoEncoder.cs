using Kinora.Media.Audio;

namespace Kinora.Media.Ffmpeg;

/// <summary>
/// Streams frames into an ffmpeg child process that writes one MP4: H.264 High, 4:2:0, BT.709, index first, and AAC at 48 kHz stereo if there is sound.
/// The child encodes while frames are rendered; nothing is buffered here but the pipe. One caller at a time.
/// Disposing before <see cref="CompleteAsync"/> stops the child and deletes what it wrote.
/// </summary>
public sealed class VideoEncoder : IAsyncDisposable
{
    private readonly FfmpegInstallation _ffmpeg;
    private readonly VideoEncoderOptions _options;
    private readonly TimeProvider _time;
    private readonly ScratchDirectory _scratch;
    private string? _soundtrackPath;
    private ChildProcess? _child;
    private EncodedVideo? _result;

    private VideoEncoder(FfmpegInstallation ffmpeg, VideoEncoderOptions options, TimeProvider time)
    {
        _ffmpeg = ffmpeg;
        _options = options;
        _time = time;
        _scratch = ScratchDirectory.Create();
    }

    /// <summary>Frames written so far.</summary>
    public int FramesWritten { get; private set; }

    /// <summary>The process id of the child, once it runs; for tests that kill it.</summary>
    internal int? ChildId => _child?.Id;

    /// <summary>Makes an encoder; the child starts with the first frame, or with <see cref="StartAhead"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The frame count is below 1 or the quality out of range.</exception>
    public static VideoEncoder Open(FfmpegInstallation ffmpeg, VideoEncoderOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(ffmpeg);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FrameCount, 1, nameof(options));
        if (options.Crf is < 0 or > 51)
            throw new ArgumentOutOfRangeException(nameof(options), options.Crf, "A constant rate factor is 0 to 51.");
        return new VideoEncoder(ffmpeg, options, time ?? TimeProvider.System);
    }

    /// <summary>
    /// Sets the sound that goes with the frames. Call it once before the first frame if <see cref="VideoEncoderOptions.HasSoundtrack"/>, else not at all.
    /// What is longer than the video is cut, what is shorter is followed by silence.
    /// </summary>
    /// <exception cref="InvalidOperationException">No soundtrack was announced, it is set already, or frames were written.</exception>
    public async Task SetSoundtrackAsync(Soundtrack soundtrack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(soundtrack);
        if (!_options.HasSoundtrack)
            throw new InvalidOperationException("A soundtrack was set, but the encoder was opened without one (VideoEncoderOptions.HasSoundtrack).");
        if (_soundtrackPath is not null || _child is not null)
            throw new InvalidOperationException("The soundtrack is set once, before the first frame.");
        var path = _scratch.PathOf("sound.wav");
        var samples = _options.Rate.CountSamples(_options.FrameCount, Soundtrack.SampleRateHz);
        await WavFile.WriteFloatAsync(path, soundtrack, samples, cancellationToken);
        _soundtrackPath = path;
        StartAhead();
    }

    /// <summary>
    /// Starts the child before there is a frame, so that its start-up runs beside other work; without this it starts with the first frame.
    /// Does nothing while an announced soundtrack is missing.
    /// </summary>
    public void StartAhead()
    {
        if (!_options.HasSoundtrack || _soundtrackPath is not null)
            _child ??= Start();
    }

    /// <summary>Encodes the next frame; the frame may be reused when the task ends, which is when the child has taken it.</summary>
    /// <exception cref="InvalidOperationException">More frames than announced, or the announced soundtrack is missing.</exception>
    /// <exception cref="ArgumentException">The frame has another size.</exception>
    /// <exception cref="ChildFailedException">The child ended; the message says why, for example a full disk.</exception>
    /// <exception cref="ChildTimeoutException">The child took nothing for <see cref="VideoEncoderOptions.StallTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException">The child was stopped; the encoder can only be disposed.</exception>
    public async Task WriteFrameAsync(VideoFrame frame, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Size != _options.Size)
            throw new ArgumentException($"Expected a frame of {_options.Size}, got {frame.Size}.", nameof(frame));
        if (FramesWritten == _options.FrameCount)
            throw new InvalidOperationException($"Expected {_options.FrameCount} frames, got another one.");
        cancellationToken.ThrowIfCancellationRequested();
        var running = _child ??= Start();
        await WatchAsync(running, stop => running.Input.WriteAsync(frame.Data, stop).AsTask(), cancellationToken);
        FramesWritten++;
    }

    /// <summary>Finishes the file.</summary>
    /// <exception cref="InvalidOperationException">Fewer frames than announced were written.</exception>
    /// <exception cref="ChildFailedException">The child failed; the message says why, for example a full disk.</exception>
    /// <exception cref="ChildTimeoutException">Finishing took longer than <see cref="VideoEncoderOptions.StallTimeout"/>.</exception>
    public async Task<EncodedVideo> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_result is not null)
            return _result;
        if (_child is null || FramesWritten != _options.FrameCount)
            throw new InvalidOperationException($"Expected {_options.FrameCount} frames, got {FramesWritten}.");
        await WatchAsync(_child, stop => FinishAsync(_child, stop), cancellationToken);
        var path = Path.GetFullPath(_options.OutputPath);
        return _result = new EncodedVideo(path, new FileInfo(path).Length, FramesWritten, _options.Duration);
    }

    /// <summary>Stops the child if it still runs and waits until it is gone; deletes the output unless it is complete.</summary>
    public async ValueTask DisposeAsync()
    {
        using var last = _scratch;
        if (_child is not null)
            await _child.DisposeAsync();
        if (_child is not null && _result is null && File.Exists(_options.OutputPath))
            File.Delete(_options.OutputPath);
    }

    private ChildProcess Start()
    {
        if (_options.HasSoundtrack && _soundtrackPath is null)
            throw new InvalidOperationException("The encoder was opened with a soundtrack; set it before the first frame.");
        var started = ChildProcess.Start(_ffmpeg.FfmpegPath, EncoderArguments.Create(_options, _soundtrackPath), _scratch.FullPath, ChildLimits.None);
        PipeBuffer.Enlarge(started.Input);
        return started;
    }

    private static async Task FinishAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        child.Input.Close();
        var exit = await child.WaitForExitAsync(cancellationToken);
        if (!exit.Succeeded)
            throw child.Failed(exit);
    }

    /// <summary>Runs one exchange with the child under the stall limit, and turns a broken pipe into the child's own reason.</summary>
    private async Task WatchAsync(ChildProcess running, Func<CancellationToken, Task> exchange, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(_options.StallTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        await using var kill = running.KillOn(either.Token);
        try
        {
            await exchange(either.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (either.IsCancellationRequested)
                throw new ChildTimeoutException(running.Name, _options.StallTimeout, e);
            throw running.Failed(await running.WaitForExitAsync(either.Token));
        }
    }
}
