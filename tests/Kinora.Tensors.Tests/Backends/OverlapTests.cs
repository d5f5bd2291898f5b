using FsCheck;
using FsCheck.Fluent;
using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Tests.Backends;

public sealed class OverlapTests
{
    [Fact]
    public void Two_slices_of_a_tensor_overlap_exactly_when_they_share_an_element()
    {
        using var memory = new TensorMemory(1 << 20);
        using var scope = new TensorScope(memory);
        var whole = scope.Zeros([4, 5, 6]);
        var ranges = Gen.Choose(0, 5).ArrayOf(12);
        Prop.ForAll(Arb.From(ranges), r =>
        {
            var (a, b) = (Cut(whole, r.AsSpan(0, 6)), Cut(whole, r.AsSpan(6, 6)));
            Assert.Equal(Offsets(a).Intersect(Offsets(b)).Any(), Overlap.Between(a, b));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Views_with_other_strides_never_go_unnoticed_when_they_overlap()
    {
        using var memory = new TensorMemory(1 << 20);
        using var scope = new TensorScope(memory);
        var whole = scope.Zeros([6, 6]);
        Assert.True(Overlap.Between(whole.Slice(0, 0, 3), whole.Permute(1, 0).Slice(0, 0, 3)));
        Assert.True(Overlap.Between(whole, whole.Reshape([36]).Slice(0, 35, 1)));
        Assert.False(Overlap.Between(whole.Slice(0, 0, 3), whole.Slice(0, 3, 3).Permute(1, 0)));
        Assert.False(Overlap.Between(whole, scope.Zeros([6, 6])));
    }

    private static Tensor Cut(Tensor tensor, ReadOnlySpan<int> r)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            var first = r[2 * axis] % tensor.Shape[axis];
            tensor = tensor.Slice(axis, first, Math.Min(r[(2 * axis) + 1], tensor.Shape[axis] - first));
        }

        return tensor;
    }

    private static HashSet<long> Offsets(Tensor tensor)
    {
        var result = new HashSet<long>();
        for (long i = 0; i < tensor.Shape[0]; i++)
        {
            for (long j = 0; j < tensor.Shape[1]; j++)
            {
                for (long k = 0; k < tensor.Shape[2]; k++)
                    result.Add(tensor.Layout.Offset + (i * 30) + (j * 6) + k);
            }
        }

        return result;
    }
}
