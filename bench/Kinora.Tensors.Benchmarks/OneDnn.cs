using System.Runtime.InteropServices;

namespace Kinora.Tensors.Benchmarks;

/// <summary>The other native yardstick: Debian's libdnnl2, if it is installed. Its threads are OpenMP's.</summary>
internal static unsafe partial class OneDnn
{
    private const string Library = "libdnnl.so.2";

    public static bool IsPresent => NativeLibrary.TryLoad(Library, out _);

    /// <summary>C[m, n] = A[m, k] · B[n, k]ᵀ.</summary>
    public static void Multiply(long m, long n, long k, float* a, float* b, float* c) => _ = Sgemm((byte)'N', (byte)'T', m, n, k, 1, a, k, b, k, 0, c, n);

    /// <summary>The same of unsigned and signed bytes.</summary>
    public static void Multiply(long m, long n, long k, byte* a, sbyte* b, int* c)
    {
        var zero = 0;
        _ = GemmOfBytes((byte)'N', (byte)'T', (byte)'F', m, n, k, 1, a, k, 0, b, k, 0, 0, c, n, &zero);
    }

    [LibraryImport("libgomp.so.1", EntryPoint = "omp_set_num_threads")]
    public static partial void SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "dnnl_sgemm")]
    private static partial int Sgemm(
        byte turnA, byte turnB, long m, long n, long k, float alpha, float* a, long aStep, float* b, long bStep, float beta, float* c, long cStep);

    [LibraryImport(Library, EntryPoint = "dnnl_gemm_u8s8s32")]
    private static partial int GemmOfBytes(
        byte turnA, byte turnB, byte offset, long m, long n, long k, float alpha, byte* a, long aStep, byte aZero, sbyte* b, long bStep, sbyte bZero, float beta, int* c, long cStep, int* cOffset);
}
