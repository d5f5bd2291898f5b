namespace Kinora.Tensors;

/// <summary>How a tensor's elements lie in its storage: element (i, j, …) is at <c>Offset + i·stride₀ + j·stride₁ + …</c>. Immutable.</summary>
public sealed class Layout
{
    private readonly long[] _strides;

    /// <summary>The dense layout of a shape: innermost axis last, without gaps, from offset 0.</summary>
    public Layout(Shape shape)
        : this(shape, Dense(shape), 0)
    {
    }

    private Layout(Shape shape, long[] strides, long offset) => (Shape, _strides, Offset) = (shape, strides, offset);

    /// <summary>The axes' lengths.</summary>
    public Shape Shape { get; }

    /// <summary>Distance of neighbours along each axis in elements; 0 along an expanded axis.</summary>
    public ReadOnlySpan<long> Strides => _strides;

    /// <summary>Index of the first element in the storage, in elements.</summary>
    public long Offset { get; }

    /// <summary>True if the elements lie densely in order, so that a flat pointer walks them.</summary>
    public bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var axis = Shape.Rank - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && _strides[axis] != expected && Shape.ElementCount != 0)
                    return false;
                expected *= Math.Max(Shape[axis], 1);
            }

            return true;
        }
    }

    /// <summary>The stride of an axis in elements; negative numbers count from the end.</summary>
    public long Stride(int axis) => _strides[Shape.Axis(axis)];

    /// <summary>The same elements with other axes.</summary>
    /// <exception cref="TensorException">The element counts differ, or the elements do not lie densely.</exception>
    public Layout Reshape(Shape shape)
    {
        if (shape.ElementCount != Shape.ElementCount)
            throw new TensorException(nameof(Reshape), $"{Shape} has {Shape.ElementCount} elements, {shape} has {shape.ElementCount}.");
        if (!IsContiguous)
            return LayoutSplit.TryReshape(this, shape) is { } split ? new Layout(shape, split, Offset)
                : throw new TensorException(nameof(Reshape), $"{this} can't be viewed as {shape} without a copy: make a dense copy first.");
        return new Layout(shape, Dense(shape), Offset);
    }

    /// <summary>Elements <paramref name="start"/> to <c>start + length - 1</c> of an axis.</summary>
    /// <exception cref="TensorException">The range leaves the axis.</exception>
    public Layout Slice(int axis, long start, long length)
    {
        axis = Shape.Axis(axis, nameof(Slice));
        if (start < 0 || length < 0 || start > Shape[axis] - length)
            throw new TensorException(nameof(Slice), $"elements {start} to {start + length} leave axis {axis} of {Shape}.");
        var lengths = Shape.AsSpan().ToArray();
        lengths[axis] = length;
        return new Layout(new Shape(lengths), _strides, Offset + (start * _strides[axis]));
    }

    /// <summary>Reorders the axes: axis i of the result is axis <c>axes[i]</c> of this one.</summary>
    /// <exception cref="TensorException">The numbers are not a permutation of all axes.</exception>
    public Layout Permute(params ReadOnlySpan<int> axes)
    {
        var (lengths, steps) = (new long[axes.Length], new long[axes.Length]);
        var seen = 0;
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = Shape.Axis(axes[i], nameof(Permute));
            seen |= 1 << axis;
            (lengths[i], steps[i]) = (Shape[axis], _strides[axis]);
        }

        if (axes.Length != Shape.Rank || seen != (1 << Shape.Rank) - 1)
            throw new TensorException(nameof(Permute), $"[{string.Join(", ", axes.ToArray())}] is not an order of the axes of {Shape}.");
        return new Layout(new Shape(lengths), steps, Offset);
    }

    /// <summary>Repeats axes of length 1 (and missing outer ones) to the lengths of <paramref name="shape"/>, with stride 0.</summary>
    /// <exception cref="TensorException">An axis has neither length 1 nor the wanted one.</exception>
    public Layout Expand(Shape shape)
    {
        var steps = new long[shape.Rank];
        for (var i = 1; i <= Math.Max(shape.Rank, Shape.Rank); i++)
        {
            if (i > shape.Rank || (i <= Shape.Rank && Shape.FromEnd(i) != shape.FromEnd(i) && Shape.FromEnd(i) != 1))
                throw new TensorException(nameof(Expand), $"{Shape} can't be expanded to {shape}.");
            steps[^i] = i <= Shape.Rank && Shape.FromEnd(i) == shape.FromEnd(i) ? _strides[^i] : 0;
        }

        return new Layout(shape, steps, Offset);
    }

    /// <summary>Shape, strides and offset.</summary>
    public override string ToString() => $"{Shape} (strides [{string.Join(", ", _strides)}], offset {Offset})";

    /// <summary>The first and last storage element that the layout touches; only for layouts that have elements.</summary>
    internal (long First, long Last) Range()
    {
        var last = Offset;
        for (var axis = 0; axis < _strides.Length; axis++)
            last += (Shape[axis] - 1) * _strides[axis];
        return (Offset, last);
    }

    private static long[] Dense(Shape shape)
    {
        var steps = new long[shape.Rank];
        var step = 1L;
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            steps[axis] = step;
            step *= Math.Max(shape[axis], 1);
        }

        return steps;
    }
}
