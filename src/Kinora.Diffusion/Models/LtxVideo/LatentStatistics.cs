using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// Gives latents the mean and deviation that other latents have, per channel (<see href="https://arxiv.org/abs/1703.06868">AdaIN</see>): keeps brightness
/// and contrast when a clip is enlarged or continued.
/// </summary>
internal static class LatentStatistics
{
    /// <summary>z ← (1 - factor)·z + factor·((z - mean)/deviation·reference deviation + reference mean), in place.</summary>
    /// <param name="backend">Where.</param>
    /// <param name="latents">[…, channels], dense.</param>
    /// <param name="reference">[…, channels], dense.</param>
    /// <param name="factor">0 to 1.</param>
    public static void Match(IBackend backend, Tensor latents, Tensor reference, float factor = 1)
    {
        using var scope = new TensorScope(backend.Memory);
        var (mean, deviation) = Measure(backend, scope, latents);
        var (wantedMean, wantedDeviation) = Measure(backend, scope, reference);
        var rows = latents.Reshape([latents.Shape.ElementCount / latents.Shape[-1], latents.Shape[-1]]);

        // z·gain + shift, gain = 1 - f + f·wanted/own, shift = f·(wanted mean - mean·wanted/own).
        Tensor ratio = scope.Empty(mean.Shape), shift = scope.Empty(mean.Shape);
        backend.Binary(BinaryOp.Divide, wantedDeviation, deviation, ratio);
        backend.Binary(BinaryOp.Multiply, mean, ratio, shift);
        backend.Binary(BinaryOp.Subtract, wantedMean, shift, shift);
        backend.Affine(shift, factor, 0, shift);
        backend.Affine(ratio, factor, 1 - factor, ratio);
        backend.Binary(BinaryOp.Multiply, rows, ratio, rows);
        backend.Binary(BinaryOp.Add, rows, shift, rows);
    }

    private static (Tensor Mean, Tensor Deviation) Measure(IBackend backend, TensorScope scope, Tensor latents)
    {
        var rows = latents.Reshape([latents.Shape.ElementCount / latents.Shape[-1], latents.Shape[-1]]);
        Tensor mean = scope.Empty([1, rows.Shape[1]]), deviation = scope.Empty([1, rows.Shape[1]]);
        backend.Reduce(ReduceOp.Mean, rows, mean);
        backend.Reduce(ReduceOp.UnbiasedVariance, rows, deviation);
        backend.Unary(UnaryOp.Sqrt, deviation, deviation);
        backend.Affine(deviation, 1, 1e-12f, deviation);
        return (mean, deviation);
    }
}
