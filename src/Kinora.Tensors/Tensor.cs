using System.Runtime.InteropServices;

namespace Kinora.Tensors;

/// <summary>
/// An array of numbers with axes, in native memory. Views (<see cref="Reshape"/>, <see cref="Slice"/>, <see cref="Permute"/>, <see cref="Expand"/>)
/// share the memory of the tensor they were made from and are valid until that one is disposed; using them later throws
/// <see cref="ObjectDisposedException"/>.
/// </summary>
public sealed class Tensor : IDisposable
{
    private readonly bool _isOwner;

    internal Tensor(TensorStorage storage, DType dtype, Layout layout, bool isOwner) =>
        (Storage, DType, Layout, _isOwner) = (storage, dtype, layout, isOwner);

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>Shape, strides and offset, in elements.</summary>
    public Layout Layout { get; }

    /// <summary>The axes' lengths.</summary>
    public Shape Shape => Layout.Shape;

    /// <summary>Where the elements lie.</summary>
    public DeviceKind Device => DeviceKind.Cpu;

    /// <summary>True if the elements lie densely in order.</summary>
    public bool IsContiguous => Layout.IsContiguous;

    /// <summary>True for tensors of mapped files; operations refuse them as outputs.</summary>
    public bool IsReadOnly => Storage.IsReadOnly;

    /// <summary>The bytes behind the elements.</summary>
    internal TensorStorage Storage { get; }

    /// <summary>Allocates a tensor whose contents are undefined.</summary>
    /// <param name="memory">Where to take the bytes from.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <param name="shape">The lengths of the axes; may be empty.</param>
    /// <exception cref="TensorOutOfMemoryException">The memory has no room.</exception>
    public static Tensor Allocate(TensorMemory memory, DType dtype, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(memory);
        var bytes = (Int128)shape.ElementCount * dtype.SizeInBytes();
        if (bytes > memory.BudgetBytes)
            throw new TensorOutOfMemoryException((long)Int128.Min(bytes, long.MaxValue), memory.InUseBytes, memory.BudgetBytes);
        return new Tensor(TensorStorage.Allocate(memory, (long)bytes), dtype, new Layout(shape), isOwner: true);
    }

    /// <summary>The same elements with other axes, without a copy.</summary>
    /// <exception cref="TensorException">The element counts differ, or a copy would be needed.</exception>
    public Tensor Reshape(Shape shape) => View(Layout.Reshape(shape));

    /// <summary>Elements <paramref name="start"/> to <c>start + length - 1</c> along an axis, without a copy.</summary>
    /// <exception cref="TensorException">The range leaves the axis, or there is no such axis.</exception>
    public Tensor Slice(int axis, long start, long length) => View(Layout.Slice(axis, start, length));

    /// <summary>Reorders the axes without a copy: axis i of the result is axis <c>axes[i]</c> of this one.</summary>
    /// <exception cref="TensorException">The numbers are not a permutation of all axes.</exception>
    public Tensor Permute(params ReadOnlySpan<int> axes) => View(Layout.Permute(axes));

    /// <summary>Repeats axes of length 1 without a copy; the result is for reading only.</summary>
    /// <exception cref="TensorException">An axis has neither length 1 nor the wanted one.</exception>
    public Tensor Expand(Shape shape) => View(Layout.Expand(shape));

    /// <summary>
    /// The elements in order, for dense tensors of at most 2³¹-1 elements. The tensor must be kept, and not be disposed, while the span is in use.
    /// </summary>
    /// <typeparam name="T">The C# type that stores the element type as it is; for <see cref="DType.BFloat16"/> and <see cref="DType.Float8E4M3"/> use
    /// <see cref="Bytes"/>.</typeparam>
    /// <exception cref="TensorException">The type differs, the elements have gaps, are read-only or are too many.</exception>
    public unsafe Span<T> AsSpan<T>()
        where T : unmanaged
    {
        if (IsReadOnly)
            throw new TensorException(nameof(AsSpan), $"{this} is read-only; use AsReadOnlySpan.");
        var span = AsReadOnlySpan<T>();
        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(span), span.Length);
    }

    /// <summary>As <see cref="AsSpan{T}"/>, for reading.</summary>
    /// <exception cref="TensorException">The type differs, the elements have gaps or are too many.</exception>
    public unsafe ReadOnlySpan<T> AsReadOnlySpan<T>()
        where T : unmanaged
    {
        if (DTypes.Of<T>() != DType)
            throw new TensorException(nameof(AsSpan), $"{this} does not hold elements of type {typeof(T).Name}.");
        return MemoryMarshal.Cast<byte, T>(Bytes());
    }

    /// <summary>The elements' bytes in order, little-endian, for dense tensors of at most 2³¹-1 bytes.</summary>
    /// <exception cref="TensorException">The elements have gaps or are too many.</exception>
    public unsafe ReadOnlySpan<byte> Bytes()
    {
        ObjectDisposedException.ThrowIf(Storage.IsDisposed, this);
        var bytes = Shape.ElementCount * DType.SizeInBytes();
        if (!IsContiguous || bytes > int.MaxValue)
            throw new TensorException(nameof(AsSpan), $"{this} is not a dense block of at most {int.MaxValue} bytes.");
        return new ReadOnlySpan<byte>(Address(), (int)bytes);
    }

    /// <summary>Frees the memory if this tensor owns it; a view frees nothing.</summary>
    public void Dispose()
    {
        if (_isOwner)
            Storage.Dispose();
    }

    /// <summary>Type, shape and strides; never the elements.</summary>
    public override string ToString() => $"{DType} {(IsContiguous ? Shape.ToString() : Layout.ToString())}";

    /// <summary>The first element's address.</summary>
    internal unsafe byte* Address() => (byte*)Storage.Address + (Layout.Offset * DType.SizeInBytes());

    /// <summary>The first element's address, for float tensors.</summary>
    internal unsafe float* Floats() => (float*)Address();

    private Tensor View(Layout layout) => new(Storage, DType, layout, isOwner: false);
}
