using System.Runtime.CompilerServices;

namespace Kinora.Tensors.Backends.Cpu;

/// <summary>
/// A tensor as rows along its innermost axis: finds the offset of a row from the row's number. Outer axes that follow each other without a gap are
/// joined, so that a dense tensor, and a dense one's column slice, have one step from row to row.
/// </summary>
internal readonly struct RowMap
{
    private readonly Axes _lengths;
    private readonly Axes _strides;
    private readonly int _rank;

    public RowMap(Layout layout)
        : this(layout, joined: 1)
    {
    }

    /// <summary>Rows of the innermost <paramref name="joined"/> axes.</summary>
    public RowMap(Layout layout, int joined)
    {
        Count = 1;
        var outer = layout.Shape.Rank - joined;
        for (var axis = 0; axis < outer; axis++)
        {
            var (length, stride) = (layout.Shape[axis], layout.Strides[axis]);
            Count *= length;
            if (length == 1)
                continue;
            if (_rank > 0 && _strides[_rank - 1] == length * stride)
                (_lengths[_rank - 1], _strides[_rank - 1]) = (_lengths[_rank - 1] * length, stride);
            else
                (_lengths[_rank], _strides[_rank++]) = (length, stride);
        }
    }

    /// <summary>Rows.</summary>
    public long Count { get; }

    /// <summary>True if every row lies the same distance behind the one before.</summary>
    public bool IsUniform => _rank <= 1;

    /// <summary>The distance of neighbouring rows in elements, when uniform.</summary>
    public long Step => _rank == 0 ? 0 : _strides[0];

    /// <summary>The offset of a row's first element from the tensor's first, in elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long OffsetOf(long row) => _rank == 1 ? row * _strides[0] : Walk(row);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Walk(long row)
    {
        var offset = 0L;
        for (var axis = _rank - 1; axis >= 0; axis--)
        {
            (row, var index) = Math.DivRem(row, _lengths[axis]);
            offset += index * _strides[axis];
        }

        return offset;
    }

    [InlineArray(Shape.MaxRank)]
    private struct Axes
    {
        private long _first;
    }
}
