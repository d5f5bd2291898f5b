using Kinora.Media;
using Kinora.Media.Color;
using Kinora.Media.Images;

namespace Kinora.Server.Engines;

/// <summary>
/// Puts one running job on the <see cref="PreviewBoard"/>: of the frames that its engine offers it takes one now and then and makes a small JPEG of it.
/// Disposing takes the job off.
/// </summary>
internal sealed class PreviewFeed : IDisposable
{
    /// <summary>Longest side of a preview in pixels.</summary>
    public const int LongestSidePixels = 320;

    /// <summary>Shortest time between two previews: a JPEG costs about 2 ms.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.5);

    private readonly PreviewBoard _board;
    private readonly Guid _jobId;
    private readonly TimeProvider _time;
    private readonly Countdown _countdown;
    private long? _last;

    public PreviewFeed(PreviewBoard board, Guid jobId, TimeProvider time)
    {
        (_board, _jobId, _time, _countdown) = (board, jobId, time, new Countdown(time));
        board.Open(jobId, _countdown);
    }

    /// <inheritdoc cref="PreviewBoard.TimeLeft"/>
    public TimeSpan? TimeLeft => _countdown.TimeLeft;

    /// <inheritdoc cref="Countdown.Report"/>
    public void Report(string phase, double fraction) => _countdown.Report(phase, fraction);

    /// <summary>Takes the frame if the last one was long enough ago. It is not kept.</summary>
    public void Offer(VideoFrame frame)
    {
        if (_last is { } last && _time.GetElapsedTime(last) < s_pause)
            return;
        _last = _time.GetTimestamp();
        _board.Put(_jobId, JpegEncoder.Encode(Thumbnail.Of(frame, LongestSidePixels)));
    }

    public void Dispose() => _board.Close(_jobId);
}
