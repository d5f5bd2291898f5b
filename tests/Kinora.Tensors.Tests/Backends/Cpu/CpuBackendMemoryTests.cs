using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Tensors.Tests.Backends.Cpu;

/// <summary>Counts the whole process's memory, so no other test may run meanwhile.</summary>
[CollectionDefinition(nameof(CpuBackendMemoryTests), DisableParallelization = true)]
[Collection(nameof(CpuBackendMemoryTests))]
public sealed class CpuBackendMemoryTests
{
    [Theory]
    [InlineData(ProductPrecision.Float32)]
    [InlineData(ProductPrecision.Int8)]
    public void Memory_does_not_grow_over_ten_thousand_operations(ProductPrecision precision)
    {
        using var backend = CpuBackend.Create(new CpuOptions { Threads = 2, Precision = precision, MemoryBudgetBytes = 1 << 24 });
        using var scope = new TensorScope(backend.Memory);
        var (x, y) = (scope.Zeros([8, 64]), scope.Zeros([8, 64]));
        var weights = scope.Add(backend.PackLinear(scope.Zeros([64, 64]), precision == ProductPrecision.Int8 ? WeightFormat.Int8 : WeightFormat.BFloat16));
        var (clip, output) = (scope.Zeros([1, 2, 4, 4, 8]), scope.Zeros([1, 2, 4, 4, 8]));
        var kernel = scope.Add(backend.PackConvolution(scope.Zeros([8, 8, 3, 3, 3]), WeightFormat.BFloat16));
        var options = ConvolutionOptions.Same(causal: true);
        long inUse = 0, managed = 0;
        for (var i = 0; i < 2000; i++)
        {
            backend.Linear(x, weights, y);
            backend.RmsNorm(y, y);
            backend.Convolution(clip, kernel, output, options);
            backend.Attention(x.Reshape([1, 1, 8, 64]), x.Reshape([1, 1, 8, 64]), x.Reshape([1, 1, 8, 64]), y.Reshape([1, 1, 8, 64]));
            using (var product = Tensor.Allocate(backend.Memory, DType.Float32, [64, 64]))
                backend.MatMul(x.Permute(1, 0), x, product);
            if (i == 200)
                (inUse, managed) = (backend.Memory.InUseBytes, GC.GetTotalMemory(forceFullCollection: true));
        }

        Assert.Equal(inUse, backend.Memory.InUseBytes);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, managed + 400_000);
        Assert.InRange(backend.Memory.KeptBytes, 0, backend.Memory.BudgetBytes / 4);
    }
}
