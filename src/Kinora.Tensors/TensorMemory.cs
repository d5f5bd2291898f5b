namespace Kinora.Tensors;

/// <summary>
/// Native memory for tensors with a budget. Freed blocks are kept for the next tensor of the same size, because a fresh page costs more than most
/// operations on it; kept blocks count against nothing and go first when room is needed. Thread-safe.
/// </summary>
public sealed class TensorMemory : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Stack<nint>> _kept = [];
    private readonly long _keepBytes;
    private bool _disposed;

    /// <summary>Makes an empty memory; nothing is allocated yet.</summary>
    /// <param name="budgetBytes">The most that living tensors and kept blocks may hold together, in bytes; at least 0.</param>
    /// <param name="keepBytes">The most that freed blocks may hold, in bytes; a quarter of the budget if null.</param>
    public TensorMemory(long budgetBytes, long? keepBytes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budgetBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(keepBytes ?? 0, nameof(keepBytes));
        BudgetBytes = budgetBytes;
        _keepBytes = keepBytes ?? (budgetBytes / 4);
    }

    /// <summary>The budget in bytes.</summary>
    public long BudgetBytes { get; }

    /// <summary>Bytes held by living tensors.</summary>
    public long InUseBytes { get; private set; }

    /// <summary>Bytes of freed blocks that are kept for reuse.</summary>
    public long KeptBytes { get; private set; }

    /// <summary>The largest value <see cref="InUseBytes"/> has had, in bytes.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Gives the kept blocks back to the system.</summary>
    public void Trim()
    {
        lock (_gate)
            TrimTo(0);
    }

    /// <summary>Gives the kept blocks back; tensors that still live are freed when they are disposed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            TrimTo(0);
        }
    }

    /// <summary>Takes a block of at least <paramref name="bytes"/> bytes, aligned to 64; its contents are whatever was there.</summary>
    /// <exception cref="TensorOutOfMemoryException">The budget or the system has no room.</exception>
    internal (nint Address, long Size) Take(long bytes)
    {
        var size = NativeBlock.SizeFor(bytes);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var address = TakeKept(size);
            if (address == 0)
                address = TakeFresh(size);
            InUseBytes += size;
            PeakBytes = Math.Max(PeakBytes, InUseBytes);
            return (address, size);
        }
    }

    /// <summary>Gives a block back.</summary>
    internal void Return(nint address, long size)
    {
        lock (_gate)
        {
            InUseBytes -= size;
            if (_disposed || size > _keepBytes)
            {
                NativeBlock.Free(address);
                return;
            }

            TrimTo(_keepBytes - size);
            if (!_kept.TryGetValue(size, out var blocks))
                _kept.Add(size, blocks = new());
            blocks.Push(address);
            KeptBytes += size;
        }
    }

    private nint TakeKept(long size)
    {
        if (!_kept.TryGetValue(size, out var blocks) || blocks.Count == 0)
            return 0;
        KeptBytes -= size;
        return blocks.Pop();
    }

    private nint TakeFresh(long size)
    {
        if (size > BudgetBytes - InUseBytes)
            throw new TensorOutOfMemoryException(size, InUseBytes, BudgetBytes);
        TrimTo(BudgetBytes - InUseBytes - size);
        try
        {
            return NativeBlock.Allocate(size);
        }
        catch (OutOfMemoryException exception)
        {
            throw new TensorOutOfMemoryException(size, InUseBytes, BudgetBytes, exception);
        }
    }

    private void TrimTo(long bytes)
    {
        while (KeptBytes > bytes)
        {
            var size = _kept.First(pair => pair.Value.Count > 0).Key;
            NativeBlock.Free(_kept[size].Pop());
            KeptBytes -= size;
            if (_kept[size].Count == 0)
                _kept.Remove(size);
        }
    }
}
