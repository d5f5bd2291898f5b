namespace Kinora.Rendering.Planes;

/// <summary>Which pixels of a row (or rows) one smaller pixel covers, and how much each of them counts: together 1.</summary>
internal readonly record struct Coverage(int First, int Count, float FirstWeight, float InnerWeight, float LastWeight)
{
    public static Coverage[] Of(int from, int to)
    {
        var result = new Coverage[to];
        var step = (double)from / to;
        for (var i = 0; i < to; i++)
        {
            double start = i * step, end = Math.Min(from, (i + 1) * step);
            int first = (int)start, last = Math.Min(from - 1, (int)Math.Ceiling(end) - 1);
            var total = end - start;
            result[i] = first == last
                ? new Coverage(first, 1, 1, 0, 0)
                : new Coverage(first, last - first + 1, (float)((first + 1 - start) / total), (float)(1 / total), (float)((end - last) / total));
        }
        return result;
    }

    public float Weight(int k) => k == 0 ? FirstWeight : k == Count - 1 ? LastWeight : InnerWeight;

    public float Mean(ReadOnlySpan<float> row)
    {
        var sum = row[First] * FirstWeight;
        for (var k = 1; k < Count - 1; k++)
            sum += row[First + k] * InnerWeight;
        return Count > 1 ? sum + row[First + Count - 1] * LastWeight : sum;
    }
}
