namespace Kinora.Tensors.Tests;

public sealed class TensorMemoryTests
{
    [Fact]
    public void A_budget_is_an_error_before_it_is_a_crash()
    {
        using var memory = new TensorMemory(1000);
        using var first = Tensor.Allocate(memory, DType.Float32, [200]);
        var exception = Assert.Throws<TensorOutOfMemoryException>(() => Tensor.Allocate(memory, DType.Float32, [100]));
        Assert.Equal(1000, exception.BudgetBytes);
        Assert.Equal(832, exception.InUseBytes);
        Assert.Throws<TensorOutOfMemoryException>(() => Tensor.Allocate(memory, DType.Float64, [1L << 61]));
    }

    [Fact]
    public void What_the_system_refuses_is_an_error_too()
    {
        using var memory = new TensorMemory(long.MaxValue / 2);
        Assert.Throws<TensorOutOfMemoryException>(() => Tensor.Allocate(memory, DType.UInt8, [1L << 60]));
        Assert.Equal(0, memory.InUseBytes);
    }

    [Fact]
    public void Freed_blocks_are_used_again_and_given_up_for_others()
    {
        using var memory = new TensorMemory(4096, keepBytes: 4096);
        Tensor.Allocate(memory, DType.UInt8, [2048]).Dispose();
        Assert.Equal(2048, memory.KeptBytes);
        using (Tensor.Allocate(memory, DType.UInt8, [2048]))
            Assert.Equal(0, memory.KeptBytes);
        using (Tensor.Allocate(memory, DType.UInt8, [4096]))
            Assert.Equal((0, 4096), (memory.KeptBytes, memory.InUseBytes));
        memory.Trim();
        Assert.Equal((0, 0, 4096), (memory.KeptBytes, memory.InUseBytes, memory.PeakBytes));
    }

    [Fact]
    public void A_tensor_that_nobody_disposed_is_freed_by_the_collector()
    {
        using var memory = new TensorMemory(1 << 20);
        Forget(memory);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(0, memory.InUseBytes);
    }

    [Fact]
    public void Memory_is_aligned_for_vectors()
    {
        using var memory = new TensorMemory(1 << 24);
        foreach (var bytes in new long[] { 1, 65, 4097, 3 << 20 })
        {
            using var tensor = Tensor.Allocate(memory, DType.UInt8, [bytes]);
            unsafe
            {
                Assert.Equal(0, (nint)tensor.Address() % 64);
            }
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget(TensorMemory memory) => Tensor.Allocate(memory, DType.Float32, [100]).Reshape([10, 10]);
}
