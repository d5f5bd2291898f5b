namespace Kinora.Jobs;

/// <summary>What a handler reported and the store has not got yet. Reporting never waits for the store.</summary>
internal sealed class JobReports
{
    /// <summary>Beyond this the oldest lines go, so that a handler that writes without end cannot fill the memory.</summary>
    private const int MostLines = 10_000;

    private readonly Lock _lock = new();
    private Queue<(DateTimeOffset Timestamp, JobLogLevel Level, string Message)> _lines = [];
    private JobProgress? _progress;
    private TaskCompletionSource _arrived = NewSignal();

    /// <summary>Completes when there is something to send.</summary>
    internal Task Arrived
    {
        get
        {
            lock (_lock)
                return _arrived.Task;
        }
    }

    internal void Add(JobProgress progress)
    {
        lock (_lock)
        {
            _progress = progress;
            _arrived.TrySetResult();
        }
    }

    internal void Add(DateTimeOffset timestamp, JobLogLevel level, string message)
    {
        lock (_lock)
        {
            if (_lines.Count == MostLines)
                _lines.Dequeue();
            _lines.Enqueue((timestamp, level, message));
            _arrived.TrySetResult();
        }
    }

    /// <summary>Takes everything; <see cref="PutBack"/> what could not be sent.</summary>
    internal (JobProgress? Progress, IReadOnlyList<(DateTimeOffset Timestamp, JobLogLevel Level, string Message)> Lines) Take()
    {
        lock (_lock)
        {
            var taken = (_progress, _lines.ToArray());
            _progress = null;
            _lines = [];
            if (_arrived.Task.IsCompleted)
                _arrived = NewSignal();
            return taken;
        }
    }

    /// <summary>Restores what was taken, before what has come since.</summary>
    internal void PutBack(JobProgress? progress, IReadOnlyList<(DateTimeOffset Timestamp, JobLogLevel Level, string Message)> lines)
    {
        lock (_lock)
        {
            _progress ??= progress;
            _lines = new([.. lines, .. _lines]);
            if (_progress is not null || _lines.Count > 0)
                _arrived.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
