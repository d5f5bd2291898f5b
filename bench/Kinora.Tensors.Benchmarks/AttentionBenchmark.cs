using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Tensors.Benchmarks;

/// <summary>Attention of 32 heads × 64 against product, softmax, product with OpenBLAS, head by head.</summary>
internal static unsafe class AttentionBenchmark
{
    public static void Run(int threads, double seconds, string only)
    {
        foreach (var (length, heads) in new[] { (1872L, 32L), (4992L, 32L) }.Where(size => only.Length == 0 || $"{size.Item1}" == only))
        {
            using var backend = CpuBackend.Create(new CpuOptions { Threads = threads });
            using var scope = new TensorScope(backend.Memory);
            var width = heads * 64;
            var parts = Enumerable.Range(0, 5).Select(_ => scope.Empty([1, length, width])).ToArray();
            for (var i = 0; i < 3; i++)
                backend.FillNormal(parts[i], 1, (ulong)i);
            var heads4 = parts.Select(part => part.Reshape([1, length, heads, 64]).Permute(0, 2, 1, 3)).ToArray();
            var scores = scope.Empty([length, length]);
            var contest = new Contest(threadTime: threads == 1, seconds);
            var work = 4e-9 * length * length * width;
            contest.Add("OpenBLAS, softmax, OpenBLAS", work, () =>
            {
                for (long head = 0; head < heads; head++)
                {
                    float* q = (float*)parts[0].Address() + (head * 64), k = (float*)parts[1].Address() + (head * 64), v = (float*)parts[2].Address() + (head * 64);
                    OpenBlas.Multiply(length, length, 64, 0.125f, q, width, k, width, turnB: true, (float*)scores.Address(), length);
                    backend.Softmax(scores, scores);
                    OpenBlas.Multiply(length, 64, length, 1, (float*)scores.Address(), length, v, width, turnB: false, (float*)parts[4].Address() + (head * 64), width);
                }
            });
            contest.Add("Kinora", work, () => backend.Attention(heads4[0], heads4[1], heads4[2], heads4[3]));
            using var rounding = CpuBackend.Create(new CpuOptions { Threads = threads, Precision = ProductPrecision.BFloat16 });
            contest.Add("Kinora, BFloat16 products", work, () => rounding.Attention(heads4[0], heads4[1], heads4[2], heads4[3]));
            contest.Run();
            contest.Print($"attention {heads}×64, {length} tokens, {threads} threads", "≥ 2.00");
        }
    }
}
