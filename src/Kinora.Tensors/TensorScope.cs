namespace Kinora.Tensors;

/// <summary>
/// Frees together what was allocated together: every tensor made by a scope is disposed with it, unless it was released first. Not thread-safe.
/// </summary>
/// <example><code>
/// using var scope = new TensorScope(backend.Memory);
/// var hidden = scope.Empty([rows, 8192]);
/// backend.Linear(x, weights, hidden, new Epilogue { Activation = Activation.GeluTanh });
/// </code></example>
public sealed class TensorScope : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>Opens a scope.</summary>
    /// <param name="memory">Where its tensors take their bytes from.</param>
    public TensorScope(TensorMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        Memory = memory;
    }

    /// <summary>Where the scope's tensors take their bytes from.</summary>
    public TensorMemory Memory { get; }

    /// <summary>Allocates a tensor with undefined contents.</summary>
    /// <exception cref="TensorOutOfMemoryException">The memory has no room.</exception>
    public Tensor Empty(Shape shape, DType dtype = DType.Float32) => Add(Tensor.Allocate(Memory, dtype, shape));

    /// <summary>Allocates a tensor of zeros.</summary>
    /// <exception cref="TensorOutOfMemoryException">The memory has no room.</exception>
    public unsafe Tensor Zeros(Shape shape, DType dtype = DType.Float32)
    {
        var tensor = Empty(shape, dtype);
        System.Runtime.InteropServices.NativeMemory.Clear(tensor.Address(), (nuint)(shape.ElementCount * dtype.SizeInBytes()));
        return tensor;
    }

    /// <summary>Copies values into a new tensor; the element type follows from <typeparamref name="T"/>.</summary>
    /// <exception cref="TensorException">The number of values is not that of the shape, or no element type stores
    /// <typeparamref name="T"/>.</exception>
    public Tensor From<T>(ReadOnlySpan<T> values, Shape shape)
        where T : unmanaged
    {
        if (values.Length != shape.ElementCount)
            throw new TensorException(nameof(From), $"expected {shape.ElementCount} values for {shape}, got {values.Length}.");
        var tensor = Empty(shape, DTypes.Of<T>());
        values.CopyTo(tensor.AsSpan<T>());
        return tensor;
    }

    /// <summary>Makes the scope the owner of something that was made elsewhere, for example packed weights.</summary>
    public T Add<T>(T resource)
        where T : IDisposable
    {
        _owned.Add(resource);
        return resource;
    }

    /// <summary>Takes a resource out of the scope: it lives on, and the caller disposes it.</summary>
    /// <exception cref="TensorException">The scope does not own it.</exception>
    public T Release<T>(T resource)
        where T : IDisposable
    {
        if (!_owned.Remove(resource))
            throw new TensorException(nameof(Release), "the scope does not own this.");
        return resource;
    }

    /// <summary>Disposes everything the scope owns, last first.</summary>
    public void Dispose()
    {
        for (var i = _owned.Count - 1; i >= 0; i--)
            _owned[i].Dispose();
        _owned.Clear();
    }
}
