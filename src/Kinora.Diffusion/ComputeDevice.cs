using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Diffusion;

/// <summary>Where models are loaded to and computed on. Thread-safe; works of several threads take turns. It must outlive what was loaded to it.</summary>
public sealed class ComputeDevice : IDisposable
{
    private ComputeDevice(IBackend backend) => Backend = backend;

    /// <summary>The device in words, for logs.</summary>
    public string Name => $"{Backend.Name}, {Backend.Precision} products";

    /// <summary>The most that it may hold, in bytes.</summary>
    public long MemoryBudgetBytes => Backend.Memory.BudgetBytes;

    /// <summary>What it holds now, in bytes.</summary>
    public long MemoryInUseBytes => Backend.Memory.InUseBytes;

    /// <summary>The most that it has held, in bytes.</summary>
    public long MemoryPeakBytes => Backend.Memory.PeakBytes;

    /// <summary>The tensor runtime.</summary>
    internal IBackend Backend { get; }

    /// <summary>Opens this machine's processors.</summary>
    /// <param name="options">Threads, rounding, memory; all defaults if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no threads, or the budget is negative.</exception>
    public static ComputeDevice OpenCpu(ComputeOptions? options = null)
    {
        options ??= new ComputeOptions();
        var cpu = new CpuOptions { Threads = options.Threads, Precision = options.Products.ToProducts() };
        return new ComputeDevice(CpuBackend.Create(options.MemoryBudgetBytes is { } budget ? cpu with { MemoryBudgetBytes = budget } : cpu));
    }

    /// <summary>Gives memory back that is kept for the next work.</summary>
    public void Trim() => Backend.Memory.Trim();

    /// <summary>Ends the threads and frees the memory.</summary>
    public void Dispose() => Backend.Dispose();
}
