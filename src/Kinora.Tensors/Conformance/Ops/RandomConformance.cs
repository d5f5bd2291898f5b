using Kinora.Tensors.Random;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Random fills: every element must be the number of its stream.</summary>
internal static class RandomConformance
{
    private static readonly int[] s_counts = [1, 5, 20000];

    public static IEnumerable<ConformanceCase> Cases => s_counts.SelectMany(count => new[]
    {
        new ConformanceCase("FillUniform", $"[{count}], seed 7, stream 3", 0, (backend, scope) =>
        {
            var (output, expected) = (scope.Empty([count]), new float[count]);
            backend.FillUniform(output, 7, 3);
            Philox.Uniform(7, 3, 0, expected);
            return (output, [.. expected.Select(v => (double)v)]);
        }),
        new ConformanceCase("FillNormal", $"[{count}], seed 2⁶⁴-1, stream 2⁴⁰", 0, (backend, scope) =>
        {
            var (output, expected) = (scope.Empty([count]), new float[count]);
            backend.FillNormal(output, ulong.MaxValue, 1UL << 40);
            Philox.Normal(ulong.MaxValue, 1UL << 40, 0, expected);
            return (output, [.. expected.Select(v => (double)v)]);
        }),
    });
}
