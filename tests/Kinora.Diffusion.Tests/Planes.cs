using Kinora.Tensors;

namespace Kinora.Diffusion.Tests;

/// <summary>Between the reference's [1, channels, frames, rows, columns] and our [frames, rows, columns, channels].</summary>
internal static class Planes
{
    public static Tensor Empty(TensorScope scope, Shape reference) => scope.Empty([reference[2], reference[3], reference[4], reference[1]]);

    public static Tensor Turn(TensorScope scope, ReadOnlySpan<float> values, Shape reference)
    {
        Assert.Equal(1, reference[0]);
        var turned = Empty(scope, reference);
        TestBackend.Instance.Copy(scope.From(values, reference).Reshape([.. reference.AsSpan()[1..]]).Permute(1, 2, 3, 0), turned);
        return turned;
    }

    public static float[] TurnBack(TensorScope scope, Tensor frames)
    {
        var back = scope.Empty([frames.Shape[3], frames.Shape[0], frames.Shape[1], frames.Shape[2]]);
        TestBackend.Instance.Copy(frames.Permute(3, 0, 1, 2), back);
        return back.AsReadOnlySpan<float>().ToArray();
    }
}
