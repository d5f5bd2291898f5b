namespace Kinora.Tensors;

/// <summary>
/// The bytes behind one or more tensors. It has one owner, whose disposal frees it; views only borrow. Operations hold a use while they run, so that
/// a disposal on another thread waits for them instead of pulling memory away.
/// </summary>
internal sealed class TensorStorage : IDisposable
{
    private readonly Action _release;
    private int _uses = 1;
    private int _disposed;

    private TensorStorage(nint address, long byteCount, bool isReadOnly, Action release) =>
        (Address, ByteCount, IsReadOnly, _release) = (address, byteCount, isReadOnly, release);

    ~TensorStorage() => Dispose();

    /// <summary>The first byte.</summary>
    public nint Address { get; }

    /// <summary>Usable bytes.</summary>
    public long ByteCount { get; }

    /// <summary>True for mapped files: writing would end the process.</summary>
    public bool IsReadOnly { get; }

    /// <summary>True once the owner has let go.</summary>
    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>Takes a block from a memory.</summary>
    public static TensorStorage Allocate(TensorMemory memory, long byteCount)
    {
        var (address, size) = memory.Take(byteCount);
        return new TensorStorage(address, size, isReadOnly: false, () => memory.Return(address, size));
    }

    /// <summary>
    /// Borrows bytes that someone else owns, for reading only; <paramref name="release"/> is called once when they are no longer needed.
    /// </summary>
    public static TensorStorage Borrow(nint address, long byteCount, Action release) => new(address, byteCount, isReadOnly: true, release);

    /// <summary>Keeps the bytes until <see cref="EndUse"/>.</summary>
    /// <exception cref="ObjectDisposedException">The owner has already let go.</exception>
    public void BeginUse()
    {
        int now;
        do
        {
            now = Volatile.Read(ref _uses);
            ObjectDisposedException.ThrowIf(now == 0 || IsDisposed, typeof(Tensor));
        }
        while (Interlocked.CompareExchange(ref _uses, now + 1, now) != now);
    }

    /// <summary>Ends a use; the last one frees the bytes if the owner has let go.</summary>
    public void EndUse()
    {
        if (Interlocked.Decrement(ref _uses) == 0)
            _release();
    }

    /// <summary>The owner lets go.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        GC.SuppressFinalize(this);
        EndUse();
    }
}
