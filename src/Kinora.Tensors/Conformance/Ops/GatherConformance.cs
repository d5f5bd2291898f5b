namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Embedding tables of every floating type.</summary>
internal static class GatherConformance
{
    public static IEnumerable<ConformanceCase> Cases =>
        new[] { DType.Float32, DType.BFloat16, DType.Float16, DType.Float8E4M3 }.Select(dtype => new ConformanceCase("Gather", $"{dtype} table [11, 37], indices [2, 5]", 0, (backend, scope) =>
        {
            var table = Samples.Normal(backend, scope, [11, 37], 1, dtype);
            int[] indices = [0, 10, 3, 3, 9, 1, 0, 10, 5, 2];
            var output = scope.Empty([2, 5, 37]);
            backend.Gather(table, scope.From<int>(indices, [2, 5]), output);
            var values = Samples.Values(table);
            return (output, [.. indices.SelectMany(index => values[(index * 37)..((index + 1) * 37)])]);
        }));
}
