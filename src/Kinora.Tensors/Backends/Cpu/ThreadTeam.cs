using System.Runtime.ExceptionServices;

namespace Kinora.Tensors.Backends.Cpu;

/// <summary>
/// Threads that run the tasks of one operation at a time, each taking the next task from a counter. A fork and join costs about 2 µs while the team
/// is warm, a tenth of what <c>Parallel.For</c> takes; idle threads spin for some 20 µs and then sleep.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    private const int SpinsBeforeSleep = 200;

    [ThreadStatic]
    private static bool s_isWorking;

    private readonly Thread[] _threads;
    private readonly Lock _callers = new();
    private readonly object _sleep = new();
    private volatile Job? _current;
    private int _sleepers;
    private bool _stopping;

    /// <summary>Starts the threads; the caller of <see cref="Run"/> is one of them.</summary>
    public ThreadTeam(int count)
    {
        Count = count;
        _threads = new Thread[count - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"Kinora tensors {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads, the caller included.</summary>
    public int Count { get; }

    /// <summary>
    /// Runs <paramref name="body"/> for every task from 0 to <paramref name="tasks"/> - 1, in no particular order, and returns when all are done. The
    /// second argument is the worker, 0 to <see cref="Count"/> - 1. The first exception ends the rest and is thrown here. Calls from several threads
    /// take turns.
    /// </summary>
    public void Run(long tasks, Action<long, int> body)
    {
        if (tasks <= 0)
            return;
        if (s_isWorking)
            throw new InvalidOperationException("A task must not start tasks.");
        lock (_callers)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            var job = new Job(tasks, body, (int)Math.Min(Count, tasks));
            if (job.Participants > 1)
                Announce(job);
            TakeTasks(job, 0);
            var spin = default(SpinWait);
            while (Volatile.Read(ref job.Unfinished) > 0)
                spin.SpinOnce(sleep1Threshold: -1);
            job.Failure?.Throw();
        }
    }

    /// <summary>Lets the threads end.</summary>
    public void Dispose()
    {
        lock (_callers)
            lock (_sleep)
            {
                _stopping = true;
                Monitor.PulseAll(_sleep);
            }

        foreach (var thread in _threads)
            thread.Join();
    }

    private void Announce(Job job)
    {
        _current = job;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleepers) == 0)
            return;
        lock (_sleep)
            Monitor.PulseAll(_sleep);
    }

    private void Work(int worker)
    {
        Job? last = null;
        while (WaitForJob(last) is { } job)
        {
            last = job;
            if (worker >= job.Participants)
                continue;
            TakeTasks(job, worker);
            Interlocked.Decrement(ref job.Unfinished);
        }
    }

    private Job? WaitForJob(Job? last)
    {
        for (var i = 0; i < SpinsBeforeSleep; i++)
        {
            if (_current != last)
                return _current;
            Thread.SpinWait(10);
        }

        lock (_sleep)
        {
            Interlocked.Increment(ref _sleepers);
            while (_current == last && !_stopping)
                Monitor.Wait(_sleep);
            Interlocked.Decrement(ref _sleepers);
            return _current == last ? null : _current;
        }
    }

    private static void TakeTasks(Job job, int worker)
    {
        s_isWorking = true;
        try
        {
            long task;
            while (job.Failure is null && (task = Interlocked.Increment(ref job.Next) - 1) < job.Tasks)
                job.Body(task, worker);
        }
        catch (Exception exception)
        {
            job.Failure = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            s_isWorking = false;
        }
    }

    private sealed class Job(long tasks, Action<long, int> body, int participants)
    {
        public long Next;
        public int Unfinished = participants - 1;
        public volatile ExceptionDispatchInfo? Failure;

        public long Tasks => tasks;

        public Action<long, int> Body => body;

        public int Participants => participants;
    }
}
