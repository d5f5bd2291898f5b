using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Tensors.Benchmarks;

/// <summary>Memory-bound operations against a plain copy of the same tensor by the same threads.</summary>
internal static class ElementwiseBenchmark
{
    public static void Run(int threads, double seconds)
    {
        foreach (var (rows, width) in new[] { (1872L, 2048L), (1872L, 8192L) })
        {
            using var backend = CpuBackend.Create(new CpuOptions { Threads = threads });
            using var scope = new TensorScope(backend.Memory);
            var (x, y) = (scope.Empty([rows, width]), scope.Empty([rows, width]));
            var (scale, shift, weight) = (scope.Empty([width]), scope.Empty([width]), scope.Empty([width]));
            var (cos, sin) = (scope.Empty([rows, 1, 32]), scope.Empty([rows, 1, 32]));
            var (wideCos, wideSin) = (scope.Empty([rows, width / 2]), scope.Empty([rows, width / 2]));
            foreach (var tensor in new[] { x, scale, shift, weight, cos, sin, wideCos, wideSin })
                backend.FillNormal(tensor, 1, 1);
            var modulation = new Modulation { Scale = scale, Shift = shift };
            var (xHeads, yHeads) = (x.Reshape([rows, width / 64, 64]), y.Reshape([rows, width / 64, 64]));
            var contest = new Contest(threadTime: threads == 1, seconds);
            var bytes = 8e-9 * rows * width;
            contest.Add("copy", bytes, () => backend.Copy(x, y));
            contest.Add("a multiple (a load, a store)", bytes, () => backend.Affine(x, 2, 0, y));
            contest.Add("RMS norm + modulate", bytes, () => backend.RmsNorm(x, y, new NormOptions { Modulation = modulation }));
            contest.Add("RMS norm, weight", bytes, () => backend.RmsNorm(x, y, new NormOptions { Weight = weight }));
            contest.Add("layer norm + modulate", bytes, () => backend.LayerNorm(x, y, new NormOptions { Modulation = modulation }));
            contest.Add("RoPE, one table for all heads", bytes, () => backend.Rope(xHeads, cos, sin, yHeads, RopeLayout.Interleaved));
            contest.Add("RoPE, a table as wide as x (bytes of tables counted)", bytes * 1.5, () => backend.Rope(x, wideCos, wideSin, y, RopeLayout.Interleaved));
            contest.Add("GELU tanh", bytes, () => backend.Unary(UnaryOp.GeluTanh, x, y));
            contest.Add("SiLU", bytes, () => backend.Unary(UnaryOp.Silu, x, y));
            contest.Run();
            contest.Print($"[{rows}, {width}], {threads} threads, GB/s", "≥ 0.85");
        }
    }
}
