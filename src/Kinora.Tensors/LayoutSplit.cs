namespace Kinora.Tensors;

/// <summary>Finds strides for a new shape over elements that do not lie densely, when there are any.</summary>
internal static class LayoutSplit
{
    /// <summary>
    /// The strides of <paramref name="shape"/> over the elements of <paramref name="layout"/>, or null when a copy is needed. Axes that follow each
    /// other without a gap are joined, and the new axes must split such joined runs.
    /// </summary>
    public static long[]? TryReshape(Layout layout, Shape shape)
    {
        if (shape.ElementCount == 0)
            return new long[shape.Rank];
        var result = new long[shape.Rank];
        var source = layout.Shape.Rank - 1;
        var target = shape.Rank - 1;
        while (source >= 0)
        {
            // 1. Join source axes, from the inside, as long as they are one run.
            var step = layout.Stride(source);
            var run = layout.Shape[source--];
            while (source >= 0 && (layout.Shape[source] == 1 || run == 1 || layout.Stride(source) == run * step))
            {
                step = run == 1 ? layout.Stride(source) : step;
                run *= layout.Shape[source--];
            }

            // 2. Hand the run out to target axes.
            var filled = 1L;
            while (target >= 0 && filled * shape[target] <= run && run % (filled * shape[target]) == 0)
            {
                result[target] = filled * step;
                filled *= shape[target--];
            }

            if (filled != run)
                return null;
        }

        return target < 0 ? result : null;
    }
}
