namespace Kinora.Benchmarks;

/// <summary>A folder that is gone when the benchmark is.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kinora-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
