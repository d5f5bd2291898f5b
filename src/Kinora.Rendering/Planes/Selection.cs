namespace Kinora.Rendering.Planes;

/// <summary>Finds the k-th smallest number without sorting the others (C. A. R. Hoare, "Algorithm 65: Find", 1961).</summary>
internal static class Selection
{
    /// <param name="values">Numbers, none of them NaN; reordered.</param>
    /// <param name="rank">0 for the smallest.</param>
    public static float Take(Span<float> values, int rank)
    {
        while (values.Length > 1)
        {
            var pivot = MedianOfThree(values[0], values[values.Length / 2], values[^1]);
            int left = 0, right = values.Length - 1;
            while (left <= right)
            {
                while (values[left] < pivot)
                    left++;
                while (values[right] > pivot)
                    right--;
                if (left > right)
                    break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }
            // Now everything up to right is at most the pivot, everything from left on at least the pivot, and what is between is the pivot.
            if (rank <= right)
                values = values[..(right + 1)];
            else if (rank >= left)
            {
                rank -= left;
                values = values[left..];
            }
            else
                return pivot;
        }
        return values[0];
    }

    private static float MedianOfThree(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
