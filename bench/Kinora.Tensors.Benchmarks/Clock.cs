using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kinora.Tensors.Benchmarks;

/// <summary>Seconds of an action: on the wall, and of the calling thread's processor time, which other processes can't stretch.</summary>
internal static unsafe partial class Clock
{
    private const int ThreadTime = 3;

    public static double Wall(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public static double Thread(Action action)
    {
        var start = ThreadSeconds();
        action();
        return ThreadSeconds() - start;
    }

    private static double ThreadSeconds()
    {
        var time = stackalloc long[2];
        _ = GetTime(ThreadTime, time);
        return time[0] + (time[1] * 1e-9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, long* time);
}
