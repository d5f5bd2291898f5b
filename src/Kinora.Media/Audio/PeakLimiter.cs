namespace Kinora.Media.Audio;

/// <summary>
/// A look-ahead limiter on true peaks, both channels with one gain so that the stereo picture stays. The wanted gain of a sample is the smallest
/// within 5 ms on both sides, and a moving mean over the same 10 ms smooths it: the mean of values that are all at most the wanted gain
/// is at most the wanted gain, so no peak passes, and the gain has no corner that could be heard.
/// </summary>
internal static class PeakLimiter
{
    private const int Reach = Soundtrack.SampleRateHz / 200;

    /// <summary>Samples that are looked at together: where none of them can need a gain, the oversampling is left out.</summary>
    private const int Block = 64;

    /// <summary>Limits in place.</summary>
    /// <param name="soundtrack">The sound.</param>
    /// <param name="ceiling">Largest magnitude, as a factor of full scale.</param>
    public static void Apply(Soundtrack soundtrack, float ceiling)
    {
        var gains = WantedGains(soundtrack, ceiling);
        if (gains is null)
            return;
        var smooth = MovingMean(MovingMinimum(gains));
        for (var i = 0; i < soundtrack.Length; i++)
        {
            soundtrack.Left[i] *= smooth[i];
            soundtrack.Right[i] *= smooth[i];
        }
    }

    /// <summary>The gain that each sample needs by itself; null if none needs any.</summary>
    private static float[]? WantedGains(Soundtrack soundtrack, float ceiling)
    {
        var gains = new float[soundtrack.Length];
        var any = false;
        for (var from = 0; from < gains.Length; from += Block)
        {
            var to = Math.Min(gains.Length, from + Block);
            var quiet = TruePeak.CannotExceed(soundtrack.Left, from, to, ceiling) && TruePeak.CannotExceed(soundtrack.Right, from, to, ceiling);
            for (var i = from; i < to; i++)
            {
                var peak = quiet ? 0 : Math.Max(TruePeak.At(soundtrack.Left, i), TruePeak.At(soundtrack.Right, i));
                gains[i] = peak > ceiling ? ceiling / peak : 1;
                any |= peak > ceiling;
            }
        }

        return any ? gains : null;
    }

    /// <summary>The smallest value within reach on both sides, by a queue of rising values: every value enters and leaves once.</summary>
    private static float[] MovingMinimum(float[] values)
    {
        var result = new float[values.Length];
        var queue = new LinkedList<int>();
        for (var i = 0; i < values.Length + Reach; i++)
        {
            if (i < values.Length)
            {
                while (queue.Last is { } last && values[last.Value] >= values[i])
                    queue.RemoveLast();
                queue.AddLast(i);
            }

            var centre = i - Reach;
            if (centre < 0)
                continue;
            while (queue.First!.Value < centre - Reach)
                queue.RemoveFirst();
            result[centre] = values[queue.First.Value];
        }

        return result;
    }

    /// <summary>The mean within reach on both sides; beyond the ends the nearest value counts on.</summary>
    private static float[] MovingMean(float[] values)
    {
        var result = new float[values.Length];
        double sum = 0;
        for (var i = -Reach; i <= Reach; i++)
            sum += At(values, i);
        for (var i = 0; i < values.Length; i++)
        {
            result[i] = (float)(sum / ((2 * Reach) + 1));
            sum += At(values, i + Reach + 1) - At(values, i - Reach);
        }

        return result;
    }

    private static float At(float[] values, int index) => values[Math.Clamp(index, 0, values.Length - 1)];
}
