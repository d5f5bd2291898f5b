using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Tensors.Tests.Backends.Cpu.Kernels;

public sealed class RowNormTests
{
    [Theory]
    [InlineData(2048)]
    [InlineData(2051)]
    public void An_output_that_is_written_around_the_caches_has_the_same_bits(int width)
    {
        // 33 MB, beyond the limit; a tenth of it is not.
        const int rows = 4110;
        foreach (var set in CpuBackend.Available)
        {
            using var backend = CpuBackend.Create(new CpuOptions { InstructionSet = set, Threads = 2, MemoryBudgetBytes = 1 << 28 });
            using var scope = new TensorScope(backend.Memory);
            var (x, y, part) = (scope.Empty([rows, width]), scope.Empty([rows, width]), scope.Empty([rows / 10, width]));
            var weight = scope.Empty([width]);
            backend.FillNormal(x, 1, 1);
            backend.FillNormal(weight, 1, 2);
            var options = new NormOptions { Weight = weight };
            foreach (var norm in new Action<Tensor, Tensor, NormOptions>[] { backend.RmsNorm, backend.LayerNorm })
            {
                norm(x, y, options);
                for (var i = 0; i < 10; i++)
                {
                    norm(x.Slice(0, i * (rows / 10), rows / 10), part, options);
                    Assert.True(part.AsSpan<float>().SequenceEqual(y.Slice(0, i * (rows / 10), rows / 10).AsReadOnlySpan<float>()));
                }
            }
        }
    }
}
