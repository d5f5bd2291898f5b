using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Tensors.Tests;

public sealed class TensorScopeTests
{
    [Fact]
    public void A_scope_frees_what_it_made_except_what_was_released()
    {
        using var memory = new TensorMemory(1 << 20);
        Tensor kept;
        using (var scope = new TensorScope(memory))
        {
            scope.Zeros([1000]);
            kept = scope.Release(scope.From<float>([1, 2], [2]));
        }

        Assert.Equal(64, memory.InUseBytes);
        Assert.Equal([1, 2], kept.AsSpan<float>().ToArray());
        kept.Dispose();
        Assert.Equal(0, memory.InUseBytes);
    }

    [Fact]
    public void A_view_of_a_freed_tensor_throws_instead_of_reading_what_is_there_now()
    {
        using var memory = new TensorMemory(1 << 20);
        using var backend = CpuBackend.Create(new() { Threads = 1, MemoryBudgetBytes = 1 << 20 });
        Tensor view;
        using (var scope = new TensorScope(memory))
            view = scope.Zeros([4, 4]).Slice(0, 1, 2);
        Assert.Throws<ObjectDisposedException>(() => view.AsSpan<float>().Length);
        Assert.Throws<ObjectDisposedException>(() => backend.Fill(view, 1));
    }

    [Fact]
    public void Values_must_fit_the_shape_and_the_type_must_be_known()
    {
        using var memory = new TensorMemory(1 << 20);
        using var scope = new TensorScope(memory);
        Assert.Throws<TensorException>(() => scope.From<float>([1, 2, 3], [2]));
        Assert.Throws<TensorException>(() => scope.From<char>(['a'], [1]));
        Assert.Throws<TensorException>(() => scope.Zeros([3]).AsSpan<int>().Length);
        Assert.Throws<TensorException>(() => scope.Zeros([3, 2]).Permute(1, 0).AsSpan<float>().Length);
        Assert.Throws<TensorException>(() => scope.Release(new TensorMemory(1)));
    }
}
