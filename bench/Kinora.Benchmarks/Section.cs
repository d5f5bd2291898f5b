namespace Kinora.Benchmarks;

/// <summary>The parts of the report by name, in their order.</summary>
internal static class Section
{
    public static IReadOnlyDictionary<string, Func<Report, Task>> All { get; } = new Dictionary<string, Func<Report, Task>>
    {
        ["clip"] = ClipBenchmark.RunCameraAsync,
        ["layers"] = ClipBenchmark.RunLayersAsync,
        ["effects"] = ClipBenchmark.RunEffectsAsync,
        ["memory"] = MemoryBenchmark.RunAsync,
        ["upload"] = UploadBenchmark.RunAsync,
        ["submit"] = SubmitBenchmark.RunAsync,
        ["submit-postgres"] = SubmitBenchmark.RunPostgresAsync,
        ["fronts"] = FrontsBenchmark.RunAsync,
        ["status"] = StatusBenchmark.RunAsync,
        ["streams"] = StreamsBenchmark.RunAsync,
        ["queue"] = QueueBenchmark.RunAsync,
        ["history"] = QueueBenchmark.RunHistoryAsync,
    };
}
