using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Tensors.Tests.Backends.Cpu;

public sealed class CpuBackendTests
{
    [Fact]
    public void The_same_call_gives_the_same_bits_for_any_number_of_threads()
    {
        foreach (var set in CpuBackend.Available)
        {
            var one = Everything(set, 1);
            foreach (var threads in new[] { 1, 2, 3, 7 })
                Assert.Equal(one, Everything(set, threads));
        }
    }

    [Fact]
    public async Task Several_threads_may_call_one_back_end()
    {
        using var backend = CpuBackend.Create(new CpuOptions { Threads = 2, MemoryBudgetBytes = 1 << 26 });
        await Task.WhenAll(Enumerable.Range(1, 4).Select(n => Task.Run(() =>
        {
            using var scope = new TensorScope(backend.Memory);
            var (x, y) = (scope.Empty([40, 50]), scope.Empty([40, 30]));
            backend.Fill(x, n);
            var w = scope.Empty([30, 50]);
            backend.Fill(w, 1);
            var packed = scope.Add(backend.PackLinear(w, WeightFormat.Int8));
            for (var i = 0; i < 100; i++)
            {
                backend.Linear(x, packed, y);
                Assert.All(y.AsSpan<float>().ToArray(), value => Assert.Equal(50f * n, value, 1e-3f));
            }
        })));
    }

    [Fact]
    public async Task Disposing_a_tensor_while_an_operation_reads_it_waits_for_the_operation()
    {
        using var backend = CpuBackend.Create(new CpuOptions { Threads = 1, MemoryBudgetBytes = 1 << 26 });
        for (var round = 0; round < 30; round++)
        {
            var x = Tensor.Allocate(backend.Memory, DType.Float32, [1 << 20]);
            using var y = Tensor.Allocate(backend.Memory, DType.Float32, [1 << 20]);
            backend.Fill(x, 1);
            var work = Task.Run(() => backend.Unary(UnaryOp.Sin, x, y));
            x.Dispose();
            try
            {
                await work;
            }
            catch (ObjectDisposedException)
            {
                continue;
            }

            Assert.Equal(MathF.Sin(1), y.AsSpan<float>()[^1]);
        }
    }

    [Fact]
    public void An_operation_that_finds_no_scratch_space_says_so_and_leaves_nothing_behind()
    {
        using var backend = CpuBackend.Create(new CpuOptions { Threads = 1, MemoryBudgetBytes = 200_000 });
        using var scope = new TensorScope(backend.Memory);
        var (x, y) = (scope.Zeros([1, 100, 100]), scope.Zeros([1, 100, 100]));
        var before = backend.Memory.InUseBytes;
        Assert.Throws<TensorOutOfMemoryException>(() => backend.MatMul(x, x.Permute(0, 2, 1), y));
        Assert.Equal(before, backend.Memory.InUseBytes);
        backend.Fill(y, 1);
    }

    [Fact]
    public void Tensors_beyond_two_to_the_31_elements_work()
    {
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < 8L << 30)
            Assert.Skip("Needs 5 GB of memory.");
        using var backend = CpuBackend.Create(new CpuOptions { Threads = 2, MemoryBudgetBytes = 6L << 30 });
        using var scope = new TensorScope(backend.Memory);
        var rows = (1L << 31) + 70;
        var big = scope.Empty([rows], DType.Int8);
        backend.Fill(big.Slice(0, rows - 100, 100), 7);
        var end = scope.Empty([100]);
        backend.Copy(big.Slice(0, rows - 100, 100), end);
        Assert.All(end.AsSpan<float>().ToArray(), value => Assert.Equal(7, value));
        Assert.Throws<TensorException>(() => big.AsSpan<sbyte>().Length);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuBackend.Create(new CpuOptions { Threads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuBackend.Create(new CpuOptions { MemoryBudgetBytes = -1 }));
        Assert.Throws<PlatformNotSupportedException>(() => CpuBackend.Create(new CpuOptions { InstructionSet = (InstructionSet)99 }));
    }

    // Shapes that are cut differently for different numbers of threads.
    private static float[] Everything(InstructionSet set, int threads)
    {
        using var backend = CpuBackend.Create(new CpuOptions { Threads = threads, InstructionSet = set, MemoryBudgetBytes = 1 << 26 });
        using var scope = new TensorScope(backend.Memory);
        var (x, w, y) = (scope.Empty([131, 900]), scope.Empty([150, 900]), scope.Empty([131, 150]));
        backend.FillNormal(x, 1, 1);
        backend.FillNormal(w, 1, 2);
        backend.Linear(x, scope.Add(backend.PackLinear(w, WeightFormat.BFloat16)), y, new Epilogue { Activation = Activation.GeluTanh });
        var (q, o) = (scope.Empty([1, 2, 300, 64]), scope.Empty([1, 2, 300, 64]));
        backend.FillNormal(q, 1, 3);
        backend.Attention(q, q, q, o);
        var norm = scope.Empty([131, 900]);
        backend.RmsNorm(x, norm);
        var total = scope.Empty([1, 1]);
        backend.Reduce(ReduceOp.Sum, x, total);
        var group = scope.Empty([1, 300, 128]);
        backend.GroupNorm(q.Reshape([1, 300, 128]), group, 4);
        return [.. y.AsSpan<float>(), .. o.AsSpan<float>(), .. norm.AsSpan<float>(), .. total.AsSpan<float>(), .. group.AsSpan<float>()];
    }
}
