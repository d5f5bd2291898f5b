using System.Diagnostics;
using System.Globalization;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Benchmarks;

/// <summary>Times one piece of work beside the processor's peak and prints a row of the table.</summary>
internal static class Measurement
{
    /// <summary>Runs the work once and prints seconds, share of the peak and memory.</summary>
    /// <param name="name">What.</param>
    /// <param name="backend">Where.</param>
    /// <param name="threads">Its threads.</param>
    /// <param name="operations">Floating point operations of the work.</param>
    /// <param name="wanted">The share that is asked for, or null.</param>
    /// <param name="work">The work.</param>
    public static void Print(string name, IBackend backend, int threads, double operations, double? wanted, Action work)
    {
        var before = FmaPeak.Measure(threads);
        var start = Stopwatch.GetTimestamp();
        work();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var peak = (before + FmaPeak.Measure(threads)) / 2;
        var speed = operations / seconds / 1e9;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {backend.Precision} | {operations / 1e12:f2} | {seconds:f2} | {speed:f0} | {peak:f0} | {speed / peak:f2} | {(wanted is null ? string.Empty : $"≥ {wanted:f2}")} | {backend.Memory.PeakBytes / 1e9:f2} | {process.PeakWorkingSet64 / 1e9:f2} |"));
    }
}
