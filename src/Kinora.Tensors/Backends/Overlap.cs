namespace Kinora.Tensors.Backends;

/// <summary>Finds out whether two views share an element.</summary>
internal static class Overlap
{
    /// <summary>True if both are the same view.</summary>
    public static bool IsSame(Tensor a, Tensor b) =>
        a.Storage == b.Storage && a.DType == b.DType && a.Layout.Offset == b.Layout.Offset && a.Shape == b.Shape
        && a.Layout.Strides.SequenceEqual(b.Layout.Strides);

    /// <summary>
    /// True if the views share an element, and also when that can't be ruled out cheaply. Two slices of one tensor (the same strides) are told apart
    /// exactly; views with different strides only by the range they span.
    /// </summary>
    public static bool Between(Tensor a, Tensor b)
    {
        if (a.Storage != b.Storage || a.Shape.ElementCount == 0 || b.Shape.ElementCount == 0)
            return false;
        var (firstA, lastA) = Bytes(a);
        var (firstB, lastB) = Bytes(b);
        if (lastA < firstB || lastB < firstA)
            return false;
        var strides = a.Layout.Strides;
        if (a.DType != b.DType || !strides.SequenceEqual(b.Layout.Strides))
            return true;
        Span<int> order = stackalloc int[strides.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var steps = strides.ToArray();
        order.Sort((x, y) => steps[y].CompareTo(steps[x]));
        return Meet(a.Shape, b.Shape, steps, order, b.Layout.Offset - a.Layout.Offset);
    }

    // Is there a step i - j per axis, within both lengths, whose strides add up to the distance? Tried axis by axis, widest stride first; only the
    // two steps nearest to the distance can leave a rest that the narrower axes of a slice can make up.
    private static bool Meet(Shape a, Shape b, long[] strides, ReadOnlySpan<int> order, long distance)
    {
        if (order.IsEmpty)
            return distance == 0;
        var axis = order[0];
        var rest = order[1..];
        if (strides[axis] == 0)
            return Meet(a, b, strides, rest, distance);
        var steps = Math.DivRem(distance, strides[axis]).Quotient;
        for (var step = steps - 1; step <= steps + 1; step++)
        {
            if (step < a[axis] && -step < b[axis] && Meet(a, b, strides, rest, distance - (step * strides[axis])))
                return true;
        }

        return false;
    }

    private static (long First, long Last) Bytes(Tensor tensor)
    {
        var (first, last) = tensor.Layout.Range();
        var size = tensor.DType.SizeInBytes();
        return (first * size, ((last + 1) * size) - 1);
    }
}
