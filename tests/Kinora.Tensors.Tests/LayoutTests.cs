using FsCheck;
using FsCheck.Fluent;

namespace Kinora.Tensors.Tests;

public sealed class LayoutTests
{
    [Fact]
    public void Views_find_the_elements_they_should()
    {
        var layout = new Layout([4, 5, 6]);
        Assert.True(layout.IsContiguous);
        Assert.Equal([30, 6, 1], layout.Strides.ToArray());
        var view = layout.Slice(1, 2, 3).Permute(2, 0, 1);
        Assert.Equal(12, view.Offset);
        Assert.Equal([1, 30, 6], view.Strides.ToArray());
        Assert.False(view.IsContiguous);
        Assert.Equal([0, 30, 6, 1], layout.Expand([2, 4, 5, 6]).Strides.ToArray());
    }

    [Fact]
    public void A_column_slice_can_be_split_into_heads_but_not_flattened()
    {
        var slice = new Layout([2, 50, 768]).Slice(2, 256, 256);
        var heads = slice.Reshape([2, 50, 4, 64]);
        Assert.Equal([50 * 768, 768, 64, 1], heads.Strides.ToArray());
        Assert.Equal(256, heads.Offset);
        Assert.Equal([768, 64, 1], slice.Reshape([100, 4, 64]).Strides.ToArray());
        Assert.Throws<TensorException>(() => slice.Reshape([2 * 50 * 256]));
    }

    [Fact]
    public void A_reshape_of_any_view_visits_the_same_elements_in_the_same_order()
    {
        var sizes = Gen.Choose(1, 4).ArrayOf(4);
        Prop.ForAll(Arb.From(sizes.Zip(Gen.Choose(0, 23)).Zip(Gen.Choose(0, 3))), input =>
        {
            var ((lengths, order), cut) = input;
            var axes = Enumerable.Range(0, 4).OrderBy(axis => (order * 7 * (axis + 1)) % 11).ToArray();
            var view = new Layout([.. lengths.Select(length => (long)length)]).Permute(axes);
            view = view.Slice(cut, view.Shape[cut] - 1, 1);
            foreach (var shape in new Shape[] { [view.Shape.ElementCount], [view.Shape[0] * view.Shape[1], view.Shape[2] * view.Shape[3]], [view.Shape[0], 1, view.Shape[1], view.Shape[2], view.Shape[3]] })
            {
                try
                {
                    Assert.Equal(Elements(view), Elements(view.Reshape(shape)));
                }
                catch (TensorException)
                {
                    Assert.False(view.IsContiguous);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static List<long> Elements(Layout layout)
    {
        var result = new List<long>();
        for (long i = 0; i < layout.Shape.ElementCount; i++)
        {
            var (rest, offset) = (i, layout.Offset);
            for (var axis = layout.Shape.Rank - 1; axis >= 0; axis--)
            {
                (rest, var at) = Math.DivRem(rest, layout.Shape[axis]);
                offset += at * layout.Strides[axis];
            }

            result.Add(offset);
        }

        return result;
    }
}
