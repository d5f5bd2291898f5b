using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Tensors;

namespace Kinora.Diffusion.Tests.Models.LtxVideo;

/// <summary>The reference's draws, in its order: grids (1, C, f, h, w) or tokens (1, N, C).</summary>
internal sealed class RecordedNoise(GoldenCase golden) : INoiseSource
{
    /// <summary>Draws taken so far.</summary>
    public int Taken { get; private set; }

    public void Fill(Tensor target, NoiseUse use, int index)
    {
        var name = $"noise.{Taken++}";
        var (shape, values) = (golden.ShapeOf(name), golden.Floats(name));
        using var scope = new TensorScope(TestBackend.Instance.Memory);
        if (shape.Rank == 3)
            TestBackend.Instance.Copy(scope.From<float>(values, shape).Reshape(target.Shape), target);
        else
            TestBackend.Instance.Copy(Planes.Turn(scope, values, shape).Reshape(target.Shape), target);
    }
}
