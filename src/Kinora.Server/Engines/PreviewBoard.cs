using System.Collections.Concurrent;

namespace Kinora.Server.Engines;

/// <summary>
/// What the clips look like that are being made in this process right now, and how long they will still take. It lives in memory and ends with each attempt:
/// a job that waits, has ended or runs in another process is not on it. Its size is bounded by the worker's slots.
/// </summary>
internal sealed class PreviewBoard
{
    private readonly ConcurrentDictionary<Guid, JobPreview> _previews = [];
    private readonly ConcurrentDictionary<Guid, Countdown> _countdowns = [];

    /// <summary>The newest picture of a running job.</summary>
    /// <returns>False if there is none yet, or no more.</returns>
    public bool TryGet(Guid jobId, out JobPreview preview) => _previews.TryGetValue(jobId, out preview!);

    /// <summary>How long a running job will still take; null until that is known.</summary>
    public TimeSpan? TimeLeft(Guid jobId) => _countdowns.TryGetValue(jobId, out var countdown) ? countdown.TimeLeft : null;

    internal void Open(Guid jobId, Countdown countdown) => _countdowns[jobId] = countdown;

    internal void Put(Guid jobId, byte[] jpeg) =>
        _previews.AddOrUpdate(jobId, _ => new JobPreview(jpeg, 1), (_, last) => new JobPreview(jpeg, last.Version + 1));

    internal void Close(Guid jobId)
    {
        _previews.TryRemove(jobId, out _);
        _countdowns.TryRemove(jobId, out _);
    }
}
