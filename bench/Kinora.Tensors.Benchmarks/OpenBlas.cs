using System.Runtime.InteropServices;

namespace Kinora.Tensors.Benchmarks;

/// <summary>The native yardstick: Debian's libopenblas0-pthread.</summary>
internal static unsafe partial class OpenBlas
{
    private const string Library = "libopenblas.so.0";

    public static bool IsPresent => NativeLibrary.TryLoad(Library, out _);

    /// <summary>C[m, n] = alpha · A[m, k] · op(B) + 0.</summary>
    public static void Multiply(long m, long n, long k, float alpha, float* a, long aStep, float* b, long bStep, bool turnB, float* c, long cStep) =>
        Sgemm(101, 111, turnB ? 112 : 111, (int)m, (int)n, (int)k, alpha, a, (int)aStep, b, (int)bStep, 0, c, (int)cStep);

    [LibraryImport(Library, EntryPoint = "openblas_set_num_threads")]
    public static partial void SetThreads(int count);

    public static string Describe() => Marshal.PtrToStringAnsi(Config()) + ", kernels for " + Marshal.PtrToStringAnsi(CoreName());

    [LibraryImport(Library, EntryPoint = "cblas_sgemm")]
    private static partial void Sgemm(
        int order, int turnA, int turnB, int m, int n, int k, float alpha, float* a, int aStep, float* b, int bStep, float beta, float* c, int cStep);

    [LibraryImport(Library, EntryPoint = "openblas_get_config")]
    private static partial nint Config();

    [LibraryImport(Library, EntryPoint = "openblas_get_corename")]
    private static partial nint CoreName();
}
