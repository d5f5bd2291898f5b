namespace Kinora.Server.Fetching;

/// <summary>
/// Watches the pace of a body and cancels when too little came within a window of time: a host that drips a byte now and then ("slow loris") must not
/// hold a download slot until the whole time is over.
/// </summary>
internal sealed class SlowBodyGuard : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancellation;
    private readonly ITimer? _timer;
    private readonly long _requiredBytes;
    private long _receivedBytes;

    /// <summary>Starts watching.</summary>
    public SlowBodyGuard(FetchingOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _requiredBytes = (long)(options.MinimumBytesPerSecond * options.MinimumRateWindow.TotalSeconds);
        if (_requiredBytes > 0)
            _timer = time.CreateTimer(_ => CloseWindow(), null, options.MinimumRateWindow, options.MinimumRateWindow);
    }

    /// <summary>Cancelled when the body is too slow, or with the token that was given.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Whether it was this guard that cancelled.</summary>
    public bool IsTooSlow { get; private set; }

    /// <summary>Counts bytes that came.</summary>
    public void Count(int bytes) => Interlocked.Add(ref _receivedBytes, bytes);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Waits for a window that is being closed, which would otherwise cancel what is disposed of.
        if (_timer is not null)
            await _timer.DisposeAsync();
        _cancellation.Dispose();
    }

    private void CloseWindow()
    {
        if (Interlocked.Exchange(ref _receivedBytes, 0) >= _requiredBytes)
            return;
        IsTooSlow = true;
        _cancellation.Cancel();
    }
}
