namespace Kinora.Rendering.Sound;

/// <summary>
/// Holds peaks below a ceiling with 5 ms of look-ahead: the gain at a sample is the smallest that any sample within reach needs, averaged over the look-ahead,
/// so it is never above what the sample itself needs and never jumps. Peaks between samples are estimated from the slope on both sides.
/// </summary>
internal static class PeakLimiter
{
    private const int LookAhead = 240;

    public static void Apply(Span<float> left, Span<float> right, float ceiling)
    {
        var held = SlidingMinimum(Needed(left, right, ceiling), LookAhead / 2);
        double sum = 0;
        var window = new Queue<float>();
        for (var i = -LookAhead / 2; i < held.Length; i++)
        {
            var entering = held[Math.Min(held.Length - 1, i + LookAhead / 2)];
            window.Enqueue(entering);
            sum += entering;
            if (window.Count > LookAhead)
                sum -= window.Dequeue();
            if (i < 0)
                continue;
            var gain = (float)(sum / window.Count);
            left[i] *= gain;
            right[i] *= gain;
        }
    }

    // Smallest value within reach on both sides, by a queue of candidates in rising order.
    private static float[] SlidingMinimum(float[] values, int reach)
    {
        var result = new float[values.Length];
        var candidates = new LinkedList<int>();
        for (var i = 0; i < values.Length + reach; i++)
        {
            if (i < values.Length)
            {
                while (candidates.Last is { } last && values[last.Value] >= values[i])
                    candidates.RemoveLast();
                candidates.AddLast(i);
            }
            var centre = i - reach;
            if (centre < 0)
                continue;
            while (candidates.First!.Value < centre - reach)
                candidates.RemoveFirst();
            result[centre] = values[candidates.First.Value];
        }
        return result;
    }

    private static float[] Needed(ReadOnlySpan<float> left, ReadOnlySpan<float> right, float ceiling)
    {
        var result = new float[left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            var peak = Math.Max(Peak(left, i), Peak(right, i));
            result[i] = peak > ceiling ? ceiling / peak : 1;
        }
        return result;
    }

    // The top of the parabola through a sample and its neighbours.
    private static float Peak(ReadOnlySpan<float> channel, int i)
    {
        float here = Math.Abs(channel[i]), before = i > 0 ? channel[i - 1] : 0, after = i + 1 < channel.Length ? channel[i + 1] : 0;
        if (channel[i] < 0)
            (before, after) = (-before, -after);
        var curve = 2 * here - before - after;
        return here > before && here >= after && curve > 1e-9f ? here + (after - before) * (after - before) / (8 * curve) : here;
    }
}
