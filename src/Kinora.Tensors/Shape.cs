using System.Collections;
using System.Runtime.CompilerServices;

namespace Kinora.Tensors;

/// <summary>The lengths of a tensor's axes, outermost first. Immutable; a shape without axes is a scalar with one element.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IReadOnlyList<long>
{
    /// <summary>The most axes a tensor may have.</summary>
    public const int MaxRank = 8;

    private readonly long[]? _lengths;
    private readonly long _elementCount;

    /// <summary>Makes a shape from its lengths.</summary>
    /// <param name="lengths">0 to <see cref="MaxRank"/> lengths, each at least 0; their product must fit into 62 bits.</param>
    /// <exception cref="TensorException">A length is negative, there are too many, or the product is too large.</exception>
    public Shape(params ReadOnlySpan<long> lengths)
    {
        if (lengths.Length > MaxRank)
            throw new TensorException(nameof(Shape), $"expected at most {MaxRank} axes, got {lengths.Length}.");
        _lengths = lengths.ToArray();
        _elementCount = Count(lengths);
    }

    /// <summary>Number of axes.</summary>
    public int Rank => _lengths?.Length ?? 0;

    /// <summary>Product of all lengths; 1 for a scalar, 0 if an axis is empty.</summary>
    public long ElementCount => _lengths is null ? 1 : _elementCount;

    int IReadOnlyCollection<long>.Count => Rank;

    /// <summary>The length of an axis; negative numbers count from the end, -1 being the innermost.</summary>
    /// <exception cref="TensorException">There is no such axis.</exception>
    public long this[int axis] => AsSpan()[Axis(axis)];

    /// <summary>Makes a shape from its lengths; what <c>[2, 3]</c> calls.</summary>
    public static Shape Create(ReadOnlySpan<long> lengths) => new(lengths);

    /// <summary>True if both have the same lengths in the same order.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>True if the shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The lengths, outermost first.</summary>
    public ReadOnlySpan<long> AsSpan() => _lengths;

    /// <inheritdoc/>
    public bool Equals(Shape other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var length in AsSpan())
            hash.Add(length);
        return hash.ToHashCode();
    }

    /// <summary>The lengths as <c>[2, 3]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _lengths ?? [])}]";

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)(_lengths ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The index of an axis counted from the front, given one that may be counted from the end.</summary>
    internal int Axis(int axis, string op = nameof(Shape))
    {
        var index = axis < 0 ? axis + Rank : axis;
        if (index < 0 || index >= Rank)
            throw new TensorException(op, $"expected an axis from {-Rank} to {Rank - 1} of shape {this}, got {axis}.");
        return index;
    }

    /// <summary>The shape of an elementwise result: lengths are equal or one of them is 1, aligned at the innermost axis.</summary>
    internal static Shape Broadcast(string op, Shape a, Shape b)
    {
        var result = new long[Math.Max(a.Rank, b.Rank)];
        for (var i = 1; i <= result.Length; i++)
        {
            var x = i <= a.Rank ? a.FromEnd(i) : 1;
            var y = i <= b.Rank ? b.FromEnd(i) : 1;
            if (x != y && x != 1 && y != 1)
                throw new TensorException(op, $"shapes {a} and {b} do not broadcast: axis -{i} has {x} and {y} elements.");
            result[^i] = x == 1 ? y : x;
        }

        return new Shape(result);
    }

    /// <summary>The length of the i-th axis from the end, 1 being the innermost.</summary>
    internal long FromEnd(int i) => AsSpan()[^i];

    private static long Count(ReadOnlySpan<long> lengths)
    {
        Int128 count = 1;
        var empty = false;
        foreach (var length in lengths)
        {
            if (length < 0)
                throw new TensorException(nameof(Shape), $"expected lengths of at least 0, got {length}.");
            empty |= length == 0;
            count *= Math.Max(length, 1);
            if (count > 1L << 62)
                throw new TensorException(nameof(Shape), $"[{string.Join(", ", lengths.ToArray())}] has more than 2^62 elements.");
        }

        return empty ? 0 : (long)count;
    }
}
