namespace Kinora.Diffusion.Weights.Download;

/// <summary>Ends a call that is silent for too long, as a failure that a retry can help.</summary>
internal sealed class StallGuard(TimeSpan limit, TimeProvider time, CancellationToken outer) : IDisposable
{
    private CancellationTokenSource? _timer;

    /// <summary>Runs one call under the limit.</summary>
    public async Task<T> WatchAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        _timer?.Dispose();
        _timer = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(outer, _timer.Token);
        try
        {
            return await call(both.Token);
        }
        catch (Exception problem) when (!outer.IsCancellationRequested && (problem is HttpRequestException or IOException || (problem is OperationCanceledException && _timer.IsCancellationRequested)))
        {
            throw new HubException(_timer.IsCancellationRequested ? $"Nothing came for {limit.TotalSeconds} s." : problem.Message, canRetry: true, problem);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();
}
