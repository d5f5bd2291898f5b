namespace Kinora.Server.Uploads;

/// <summary>Lets one request at a time change an upload; 64 locks serve all of them.</summary>
internal sealed class UploadLocks
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for an upload's turn. Dispose what comes back to give it on.</summary>
    public async Task<IDisposable> EnterAsync(string uploadId, CancellationToken cancellationToken)
    {
        var turn = _locks[(uint)uploadId.GetHashCode(StringComparison.Ordinal) % (uint)_locks.Length];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
